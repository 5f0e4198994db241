// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.Scenario.Course;
import java.util.ArrayList;
import java.util.List;

/** The loads that servers are compared under. */
final class Scenarios {
    private static final List<Metric> CPU = List.of(Metric.cpuPerOperation(""));

    private Scenarios() {}

    /**
     * All of them, in the order of the tables.
     *
     * @param idleConnections how many there are in the one about memory
     */
    static List<Scenario> all(int idleConnections) {
        List<Scenario> all = new ArrayList<>(echoes());
        all.addAll(fanOut());
        all.addAll(connections(idleConnections));
        all.addAll(otherWays());
        return all;
    }

    private static List<Scenario> echoes() {
        return List.of(
                cpu(
                        "echo-64",
                        "acknowledged echo, 64 B, 200 connections",
                        Trait.ECHO,
                        "echo --connections 200 --payload 64"),
                cpu(
                        "echo-1k",
                        "acknowledged echo, 1 KB, 200 connections",
                        Trait.ECHO,
                        "echo --connections 200 --payload 1024"),
                new Scenario(
                        "echo-rate",
                        "acknowledged echo, 64 B, 8,000 a second",
                        Trait.ECHO,
                        words("echo --connections 200 --payload 64 --rate 8000"),
                        List.of(
                                Metric.cpuPerOperation("CPU"),
                                Metric.latency("p50", "p50"),
                                Metric.latency("p99", "p99"),
                                Metric.latency("p99.9", "p999")),
                        Course.INTERLEAVED),
                cpu(
                        "raw-echo",
                        "echo of a plain WebSocket endpoint, 64 B, 200 connections",
                        Trait.RAW,
                        "echo --raw-path /raw --connections 200 --payload 64"));
    }

    private static List<Scenario> fanOut() {
        return List.of(
                cpu(
                        "broadcast-1000",
                        "broadcast to 1,000, 128 B, per delivery",
                        Trait.FAN_OUT,
                        "broadcast --connections 1000 --payload 128"),
                cpu(
                        "broadcast-5000",
                        "broadcast to 5,000, 128 B, per delivery",
                        Trait.FAN_OUT,
                        "broadcast --connections 5000 --connect-rate 5000 --payload 128"),
                longPrepared(
                        "bursts",
                        "broadcasts to 1,000 in bursts of four, 128 B, per delivery",
                        "bursts --connections 1000 --burst 4 --payload 128"),
                cpu(
                        "rooms-heavy",
                        "rooms of 20, 1,000 connections, 50 publishes under way, per delivery",
                        Trait.FAN_OUT,
                        "rooms --connections 1000 --rooms-of 20 --in-flight 50 --payload 128"),
                longPrepared(
                        "rooms-rate",
                        "rooms of 20, 1,000 connections, 500 publishes a second, per delivery",
                        "rooms --connections 1000 --rooms-of 20 --rate 500 --payload 128"));
    }

    private static List<Scenario> connections(int idle) {
        return List.of(
                new Scenario(
                        "idle",
                        String.format("%,d idle connections, per connection", idle),
                        Trait.CONNECTIONS,
                        words("idle --connections " + idle),
                        List.of(Metric.memoryPerConnection()),
                        Course.FRESH),
                new Scenario(
                        "storm",
                        "connections set up, warmed up, per connection",
                        Trait.CONNECTIONS,
                        words("storm --concurrency 50"),
                        CPU,
                        Course.LONG_PREPARED));
    }

    private static List<Scenario> otherWays() {
        return List.of(
                cpu(
                        "msgpack-echo",
                        "MessagePack: acknowledged echo, 64 B, 200 connections",
                        Trait.MESSAGE_PACK,
                        "echo --format msgpack --connections 200 --payload 64"),
                cpu(
                        "msgpack-broadcast",
                        "MessagePack: broadcast to 1,000, 128 B, per delivery",
                        Trait.MESSAGE_PACK,
                        "broadcast --format msgpack --connections 1000 --payload 128"),
                cpu(
                        "polling-echo",
                        "long-polling: acknowledged echo, 64 B, 200 connections",
                        Trait.POLLING,
                        "echo --transport polling --connections 200 --payload 64"));
    }

    private static Scenario cpu(String name, String title, Trait trait, String arguments) {
        return new Scenario(name, title, trait, words(arguments), CPU, Course.INTERLEAVED);
    }

    /** Messages for which a JVM compiles for longer than for others. */
    private static Scenario longPrepared(String name, String title, String arguments) {
        return new Scenario(name, title, Trait.FAN_OUT, words(arguments), CPU, Course.LONG_PREPARED);
    }

    private static List<String> words(String arguments) {
        return List.of(arguments.split(" ", -1));
    }
}
