// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The server as one attack sees it, and the connections of that attack, which are closed with it. One thread only. */
final class Target implements AutoCloseable {
    /** Long enough for each deadline of the attacked server; one that is reached is a finding. */
    static final Duration PATIENCE = Duration.ofSeconds(25);

    private final int port;
    private final boolean brief;
    private final List<RawConnection> connections = new ArrayList<>();
    private int opened;

    /** @param brief whether there is little time: attacks do less then */
    Target(int port, boolean brief) {
        this.port = port;
        this.brief = brief;
    }

    /** How often something is done. */
    int times(int often, int seldom) {
        return brief ? seldom : often;
    }

    RawConnection open() throws IOException {
        return kept(RawConnection.open(port));
    }

    RawConnection openNarrow() throws IOException {
        return kept(RawConnection.openNarrow(port));
    }

    /** Opens a number of connections. */
    List<RawConnection> open(int count) throws IOException {
        List<RawConnection> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(open());
        }
        return opened;
    }

    /** Opens a number of WebSocket sessions that have joined the main namespace. */
    List<RawConnection> join(int count) throws IOException {
        List<RawConnection> joined = open(count);
        joined.forEach(RawConnection::join);
        return joined;
    }

    /** One request on a connection of its own; returns its answer. */
    String ask(String request) throws IOException {
        opened++;
        try (RawConnection connection = RawConnection.open(port)) {
            connection.write(request);
            return connection.answer();
        }
    }

    /** Opens a session on long-polling; returns its id. */
    String openPolling() throws IOException {
        return openPolling("/socket.io/?EIO=4&transport=polling");
    }

    String openPolling(String target) throws IOException {
        opened++;
        try (RawConnection connection = RawConnection.open(port)) {
            connection.write(get(target));
            connection.answer();
            for (int i = 0; i < 500 && !connection.body().contains("}"); i++) {
                connection.answer(Duration.ofMillis(1));
                connection.drain();
            }
            return connection.body().replaceAll("(?s).*\"sid\":\"([^\"]*)\".*", "$1");
        }
    }

    /** Posts to a session; says whether it is closed then, if the POST was accepted. */
    String post(String path, String body, String... fields) throws IOException {
        String answer = ask(postOf(path, body, fields));
        if (!answer.equals("HTTP 200")) {
            return answer;
        }
        RawConnection poll = open();
        poll.write(get(path));
        return poll.answer(Duration.ofMillis(500)).equals("HTTP 400") ? "session closed" : "ignored";
    }

    static String get(String target, String... fields) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines(fields) + "\r\n";
    }

    static String postOf(String target, String body, String... fields) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines(fields) + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String lines(String... fields) {
        return String.join(
                "", Arrays.stream(fields).map(field -> field + "\r\n").toList());
    }

    /** Adds how each of these connections ends. */
    static void await(List<RawConnection> awaited, Tally tally) {
        awaitFor(PATIENCE, awaited, tally);
    }

    static void awaitFor(Duration patience, List<RawConnection> awaited, Tally tally) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (RawConnection connection : awaited) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            String outcome = connection.outcome(left);
            tally.add(outcome, connection.age());
        }
    }

    private RawConnection kept(RawConnection connection) {
        connections.add(connection);
        opened++;
        return connection;
    }

    List<RawConnection> all() {
        return List.copyOf(connections);
    }

    /** How many connections there were. */
    int opened() {
        return opened;
    }

    @Override
    public void close() throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
        connections.clear();
    }
}
