// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.Scenario.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Loads of which one thing grows while the others stay. */
final class GrowthScenarios {
    private static final int[] CONNECTIONS = {1_000, 5_000, 19_000};
    private static final int[] PAYLOADS = {16, 128, 1_024, 4_096, 16_384, 65_536};
    private static final List<Metric> CPU = List.of(Metric.cpuPerOperation(""));

    private GrowthScenarios() {}

    /** @param most connections that this machine allows */
    static List<Scenario> all(int most) {
        List<Scenario> all = new ArrayList<>();
        int[] connections = IntStream.of(CONNECTIONS)
                .map(wanted -> Math.min(wanted, most))
                .distinct()
                .toArray();
        IntStream.of(connections).forEach(count -> all.addAll(ofConnections(count)));
        all.addAll(ofRooms());
        IntStream.of(PAYLOADS).forEach(bytes -> all.addAll(ofPayloads(bytes)));
        return all;
    }

    private static Scenario scenario(String name, String title, Trait trait, String arguments) {
        return scenario(name, title, trait, arguments, Course.INTERLEAVED);
    }

    private static Scenario scenario(String name, String title, Trait trait, String arguments, Course course) {
        return new Scenario(name, title, trait, List.of(arguments.split(" ", -1)), CPU, course);
    }

    private static List<Scenario> ofConnections(int count) {
        String shown = String.format("%,d", count);
        return List.of(
                scenario(
                        "broadcast-" + count,
                        "broadcast to " + shown + ", 128 B, per delivery",
                        Trait.FAN_OUT,
                        "broadcast --payload 128 --connections " + count),
                scenario(
                        "echo-" + count,
                        "acknowledged echo, 64 B, 4,000 a second over " + shown + " connections",
                        Trait.ECHO,
                        "echo --payload 64 --rate 4000 --connections " + count));
    }

    private static List<Scenario> ofRooms() {
        String load = "rooms --rooms-of 10 --payload 128 --rate 1000 --connections ";
        return List.of(
                ofRooms("rooms-1", "1 room of 10, 1,000 publishes a second", load + 10),
                ofRooms("rooms-100", "100 rooms of 10, the same rate", load + 1000),
                ofRooms("rooms-100000", "the same beside 100,000 quiet rooms", load + "1000 --quiet-rooms 100"));
    }

    private static Scenario ofRooms(String name, String title, String arguments) {
        return scenario(name, title, Trait.FAN_OUT, arguments, Course.LONG_PREPARED);
    }

    private static List<Scenario> ofPayloads(int bytes) {
        String shown = bytes < 1024 ? bytes + " B" : bytes / 1024 + " KB";
        return List.of(
                scenario(
                        "broadcast-of-" + bytes,
                        "broadcast to 1,000, " + shown + ", per delivery",
                        Trait.FAN_OUT,
                        "broadcast --connections 1000 --payload " + bytes),
                scenario(
                        "echo-of-" + bytes,
                        "acknowledged echo, 200 connections, " + shown,
                        Trait.ECHO,
                        "echo --connections 200 --payload " + bytes));
    }
}
