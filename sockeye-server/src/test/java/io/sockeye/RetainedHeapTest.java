// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.testing.ChildJvm;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of the heap a session keeps that has joined the main namespace and does nothing, by the difference that many make. */
class RetainedHeapTest {
    /** Sessions that are there before, so that what all share is. */
    private static final int FIRST = 100;

    private static final int MORE = 2_000;
    private static final Pattern CLASS_LINE = Pattern.compile(" *\\d+: +(\\d+) +(\\d+) +(.+)");

    private final List<AutoCloseable> clients = new ArrayList<>();
    private ChildJvm program;
    private InetSocketAddress address;

    /** How one session comes to be. */
    @FunctionalInterface
    private interface Opening {
        void open() throws IOException;
    }

    /** Objects and bytes. */
    private record Heap(double objects, double bytes) {
        Heap minus(Heap other) {
            return new Heap(objects - other.objects, bytes - other.bytes);
        }

        Heap plus(Heap other) {
            return new Heap(objects + other.objects, bytes + other.bytes);
        }

        Heap perSession() {
            return new Heap(objects / MORE, bytes / MORE);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        program.close();
    }

    @Test
    void anIdleSessionOnAWebSocketKeepsNoMoreThanItsBudget() throws Exception {
        assertRetained(this::openWebSocket, 2_800, 72);
    }

    @Test
    void anIdleSessionThatPollsKeepsNoMoreThanItsBudget() throws Exception {
        assertRetained(this::openPolling, 3_600, 92);
    }

    private void openWebSocket() throws IOException {
        RawWebSocketClient client = RawWebSocketClient.connect(address, "/socket.io/?EIO=4&transport=websocket")
                .text("40");
        clients.add(client);
        assertThat(client.read().text()).startsWith("0{");
        assertThat(client.read().text()).startsWith("40{");
    }

    /** Its last poll waits. */
    private void openPolling() throws IOException {
        RawHttpClient client = RawHttpClient.connect(address);
        clients.add(client);
        String target = "/socket.io/?EIO=4&transport=polling";
        String opened = client.request("GET", target).read().body();
        target += "&sid=" + opened.substring(9, opened.indexOf('"', 9));
        assertThat(client.request("POST", target, "Content-Length: 2")
                        .send("40")
                        .read()
                        .body())
                .isEqualTo("ok");
        assertThat(client.request("GET", target).read().body()).startsWith("40{");
        client.request("GET", target);
    }

    private void assertRetained(Opening opening, int bytes, int objects) throws IOException {
        program = new ChildJvm(IdleServer.class);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(program.read()));
        open(opening, FIRST);
        Map<String, Heap> before = histogram();
        open(opening, MORE);
        Map<String, Heap> retained = new HashMap<>();
        histogram().forEach((name, heap) -> {
            Heap growth = heap.minus(before.getOrDefault(name, new Heap(0, 0)));
            retained.put(name, growth.perSession());
        });
        Heap sum = retained.values().stream().reduce(new Heap(0, 0), Heap::plus);
        String description = "one idle session keeps %.0f bytes in %.1f objects%n%s"
                .formatted(sum.bytes(), sum.objects(), table(retained));
        assertThat(sum.bytes()).as("bytes: " + description).isLessThanOrEqualTo(bytes);
        assertThat(sum.objects()).as("objects: " + description).isLessThanOrEqualTo(objects);
    }

    private static void open(Opening opening, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            opening.open();
        }
    }

    private Map<String, Heap> histogram() throws IOException {
        program.ask();
        Map<String, Heap> histogram = new HashMap<>();
        for (String line = program.read(); !line.equals(IdleServer.END); line = program.read()) {
            Matcher matcher = CLASS_LINE.matcher(line);
            if (matcher.matches()) {
                Heap heap = new Heap(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
                histogram.merge(matcher.group(3), heap, Heap::plus);
            }
        }
        return histogram;
    }

    private static String table(Map<String, Heap> retained) {
        return retained.entrySet().stream()
                .filter(entry -> entry.getValue().bytes() >= 1)
                .sorted(Comparator.comparing(entry -> -entry.getValue().bytes()))
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%8.1f bytes in %5.2f of %s",
                        entry.getValue().bytes(),
                        entry.getValue().objects(),
                        entry.getKey()))
                .collect(Collectors.joining("\n"));
    }
}
