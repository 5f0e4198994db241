// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import static io.sockeye.attack.Attack.quick;
import static io.sockeye.attack.Attack.slow;
import static io.sockeye.attack.Target.get;
import static io.sockeye.attack.Target.postOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Attacks that need no more than HTTP. */
final class HttpAttacks {
    private static final Duration SLOW = Duration.ofSeconds(40);
    private static final int LARGE = 990_000;
    /** Twice the 10 s in which a client has to go on, since what the network takes without it counts too; and a while. */
    private static final long UNREAD_MILLIS = 25_000;

    private HttpAttacks() {}

    static List<Attack> all() {
        return List.of(
                slow("heads that come byte by byte", "HTTP 408|disconnected", HttpAttacks::slowHeads),
                slow("bodies that come byte by byte", "HTTP 4.*|disconnected", HttpAttacks::slowBodies),
                slow("bodies that stop half way", "HTTP (4..|503)|disconnected", HttpAttacks::halfBodies),
                slow("connections that say nothing", "HTTP 408|disconnected", HttpAttacks::silent),
                slow("answers that are not read", "disconnected", HttpAttacks::unreadAnswers),
                slow("WebSockets that are asked for half way", "HTTP 408|disconnected", HttpAttacks::halfHandshakes),
                quick("thousands of header fields", "HTTP 431", HttpAttacks::manyFields),
                quick("a megabyte of one header field", "HTTP 431|disconnected", HttpAttacks::longField),
                quick("a megabyte of request line", "HTTP 414|disconnected", HttpAttacks::longLine),
                quick("thousands of query parameters", "HTTP (200|4..)", HttpAttacks::manyParameters),
                quick("percent signs that begin nothing", "HTTP 400", HttpAttacks::badEscapes),
                quick(
                        "bodies that are too large, or said to be",
                        "HTTP (413|503)|disconnected",
                        HttpAttacks::largeBodies),
                quick(
                        "requests that two parsers read in two ways",
                        "HTTP (400|501)|disconnected",
                        HttpAttacks::smuggled),
                quick("bytes that are no HTTP", "HTTP (400|505|414)|disconnected", HttpAttacks::noHttp),
                quick("thousands of requests in one write", "HTTP 200", HttpAttacks::pipelined),
                quick("bodies that are compressed", "HTTP 4..|session closed", HttpAttacks::compressedBodies));
    }

    private static void slowHeads(Target target, Tally tally) throws IOException, InterruptedException {
        List<RawConnection> all = target.open(target.times(300, 50));
        all.forEach(connection -> connection.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-"));
        drip(all, Duration.ofSeconds(11));
        Target.await(all, tally);
    }

    private static void slowBodies(Target target, Tally tally) throws IOException, InterruptedException {
        List<RawConnection> all = target.open(target.times(300, 50));
        all.forEach(connection ->
                connection.write("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"));
        drip(all, target.times(1, 0) == 1 ? SLOW : Duration.ofSeconds(20));
        Target.awaitFor(Duration.ofSeconds(1), all, tally);
    }

    /** One byte a second on each. */
    private static void drip(List<RawConnection> all, Duration time) throws InterruptedException {
        for (long i = 0; i < time.toSeconds(); i++) {
            Thread.sleep(1_000);
            all.forEach(connection -> connection.write("a"));
        }
    }

    /** Whether many bodies that are almost there are more than the memory holds. */
    private static void halfBodies(Target target, Tally tally) throws IOException {
        int count = target.times(400, 80);
        byte[] part = new byte[LARGE];
        List<RawConnection> all = target.open(count);
        for (RawConnection connection : all) {
            connection.write("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n");
            connection.write(part, Duration.ofSeconds(2));
        }
        Target.await(all, tally);
    }

    private static void silent(Target target, Tally tally) throws IOException {
        Target.awaitFor(Duration.ofSeconds(70), target.open(target.times(1_000, 100)), tally);
    }

    private static void unreadAnswers(Target target, Tally tally) throws IOException, InterruptedException {
        byte[] many = Frames.repeated(get("/page").getBytes(StandardCharsets.US_ASCII), 100);
        List<RawConnection> all = new ArrayList<>();
        for (int i = 0; i < target.times(100, 20); i++) {
            RawConnection connection = target.openNarrow();
            connection.write(many, Duration.ofMillis(200));
            all.add(connection);
        }
        Thread.sleep(UNREAD_MILLIS);
        for (RawConnection connection : all) {
            tally.add(connection.ends(Duration.ofSeconds(10)) ? "disconnected" : "all of it");
        }
    }

    private static void halfHandshakes(Target target, Tally tally) throws IOException {
        List<RawConnection> all = target.open(target.times(500, 50));
        all.forEach(connection -> connection.write(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"));
        Target.await(all, tally);
    }

    private static void manyFields(Target target, Tally tally) throws IOException {
        String fields = IntStream.range(0, 2_000).mapToObj(i -> "a:\r\n").collect(Collectors.joining());
        repeat(target, tally, "GET / HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n", 100);
    }

    private static void longField(Target target, Tally tally) throws IOException {
        repeat(target, tally, get("/", "X: " + "a".repeat(1_000_000)), 50);
    }

    private static void longLine(Target target, Tally tally) throws IOException {
        repeat(target, tally, get("/" + "a".repeat(1_000_000)), 50);
    }

    private static void manyParameters(Target target, Tally tally) throws IOException {
        String parameters =
                IntStream.range(0, 1_300).mapToObj(i -> "&" + i + "=").collect(Collectors.joining());
        repeat(target, tally, get("/socket.io/?EIO=4&transport=polling" + parameters), 200);
        repeat(target, tally, get("/socket.io/?EIO=4&transport=polling" + "&a".repeat(3_900)), 200);
    }

    private static void badEscapes(Target target, Tally tally) throws IOException {
        repeat(target, tally, get("/socket.io/?EIO=4&transport=polling&a=%"), 50);
        repeat(target, tally, get("/%zz"), 50);
    }

    private static void largeBodies(Target target, Tally tally) throws IOException {
        String head = "POST /upload HTTP/1.1\r\nHost: localhost\r\n";
        repeat(target, tally, head + "Content-Length: 100000000000\r\n\r\n", 50);
        repeat(target, tally, postOf("/upload", "a".repeat(3_000_000)), 10);
        String chunk = "10000\r\n" + "a".repeat(1 << 16) + "\r\n";
        repeat(target, tally, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(60), 10);
    }

    private static void smuggled(Target target, Tally tally) throws IOException {
        String head = "POST /upload HTTP/1.1\r\nHost: localhost\r\n";
        for (String fields : List.of(
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
                "Content-Length : 3\r\n\r\nabc",
                "Host: other\r\n\r\n")) {
            repeat(target, tally, head + fields, 20);
        }
    }

    private static void noHttp(Target target, Tally tally) throws IOException {
        for (String bytes : List.of(
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n",
                "\0".repeat(10_000) + "\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "get / http/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET\r\n\r\n")) {
            repeat(target, tally, bytes, 20);
        }
    }

    private static void pipelined(Target target, Tally tally) throws IOException {
        String requests = get("/health").repeat(2_000);
        for (int i = 0; i < target.times(10, 2); i++) {
            RawConnection connection = target.open();
            connection.write(requests);
            tally.add(connection.answer());
        }
    }

    private static void compressedBodies(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(100, 10); i++) {
            String session = target.openPolling();
            String path = "/socket.io/?EIO=4&transport=polling&sid=" + session;
            tally.add(target.post(path, "\u001f\u008b\b\0\0\0\0\0\0\0", "Content-Encoding: gzip"));
        }
    }

    private static void repeat(Target target, Tally tally, String request, int often) throws IOException {
        for (int i = 0; i < target.times(often, Math.min(often, 5)); i++) {
            tally.add(target.ask(request));
        }
    }
}
