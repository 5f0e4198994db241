// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.testing.RawHttpClient.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawHttpClient.Response;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpTest {
    private static final String HOST = "Host: localhost\r\n";

    private final CountDownLatch bodyAborted = new CountDownLatch(1);
    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(TestServer.impatient(), new Service());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Reads every body; parks what goes to {@code /park}. */
    private final class Service implements HttpService, HttpExchange.BodyListener {
        @Override
        public void handle(HttpExchange exchange) {
            if (exchange.head().path().equals("/park")) {
                exchange.loop().schedule(() -> exchange.respond(HttpResponse.text("patience")), 2_500);
            } else if (exchange.head().path().equals("/big")) {
                exchange.respond(HttpResponse.text("x".repeat(20_000_000)));
            } else if (exchange.head().path().equals("/slow-body")) {
                exchange.readBody(1_000_000, this);
            } else {
                exchange.readBody(1_000_000, new Answering(exchange));
            }
        }

        @Override
        public void onBody(byte[] body) {
            throw new AssertionError("the body never ends");
        }

        @Override
        public void onTooLarge() {
            throw new AssertionError("the body is small");
        }

        @Override
        public void onAborted() {
            bodyAborted.countDown();
        }
    }

    private record Answering(HttpExchange exchange) implements HttpExchange.BodyListener {
        @Override
        public void onBody(byte[] body) {
            exchange.respond(HttpResponse.text(exchange.head().target() + " " + body.length));
        }

        @Override
        public void onTooLarge() {
            exchange.respondAndClose(HttpResponse.of(413));
        }

        @Override
        public void onAborted() {
            exchange.loop().assertInLoop();
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("two different lengths", post("Content-Length: 3", "Content-Length: 4") + "abcd", 400),
                arguments("the same length twice", post("Content-Length: 3", "Content-Length: 3") + "abc", 400),
                arguments("a list of lengths", post("Content-Length: 3, 3") + "abc", 400),
                arguments("a length with a sign", post("Content-Length: +3") + "abc", 400),
                arguments("a negative length", post("Content-Length: -1"), 400),
                arguments("a hexadecimal length", post("Content-Length: 0x3") + "abc", 400),
                arguments("a length with 30 digits", post("Content-Length: " + "9".repeat(30)), 400),
                arguments("an empty length", post("Content-Length: ") + "abc", 400),
                arguments(
                        "a length beside a transfer encoding",
                        post("Content-Length: 3", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                        400),
                arguments(
                        "a transfer encoding beside a length",
                        post("Transfer-Encoding: chunked", "Content-Length: 3") + "0\r\n\r\n",
                        400),
                arguments("chunked twice", post("Transfer-Encoding: chunked, chunked") + "0\r\n\r\n", 400),
                arguments(
                        "two transfer encodings",
                        post("Transfer-Encoding: gzip", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                        501),
                arguments("gzip and chunked", post("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n", 501),
                arguments(
                        "a transfer encoding in HTTP/1.0",
                        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                arguments("a blank before a colon", head("GET", "/", "Content-Length : 3") + "abc", 400),
                arguments("a line break without a carriage return", "GET / HTTP/1.1\n" + HOST + "\r\n", 400),
                arguments("a field without a carriage return", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400),
                arguments("a NUL in a value", head("GET", "/", "X: a\0b"), 400),
                arguments("a control character in a value", head("GET", "/", "X: a\1b"), 400),
                arguments("a field without a colon", head("GET", "/", "nonsense"), 400),
                arguments("a field without a name", head("GET", "/", ": value"), 400),
                arguments("no host", "GET / HTTP/1.1\r\n\r\n", 400),
                arguments("two hosts", head("GET", "/", "Host: other"), 400),
                arguments("a method in small letters", head("get", "/"), 400),
                arguments("a method with brackets", head("G(E)T", "/"), 400),
                arguments("no target", "GET  HTTP/1.1\r\n" + HOST + "\r\n", 400),
                arguments("a target without a slash", head("GET", "index.html"), 400),
                arguments("a bad escape in the path", head("GET", "/%zz"), 400),
                arguments("half an escape in the path", head("GET", "/a%2"), 400),
                arguments("CONNECT", "CONNECT localhost:80 HTTP/1.1\r\n" + HOST + "\r\n", 501),
                arguments("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
                arguments("HTTP/1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n", 505),
                arguments("no HTTP at all", "\u0016\u0003\u0001\r\n\r\n", 400),
                arguments("a long request line", head("GET", "/" + "a".repeat(9_000)), 414),
                arguments("a long field", head("GET", "/", "X: " + "a".repeat(17_000)), 431),
                arguments("many long fields", head("GET", "/", fields(40, 500)), 431),
                arguments("many fields", head("GET", "/", fields(250, 1)), 431));
    }

    private static String post(String... fields) {
        return head("POST", "/", fields);
    }

    private static String[] fields(int count, int length) {
        String[] fields = new String[count];
        for (int i = 0; i < count; i++) {
            fields[i] = "X-" + i + ": " + "v".repeat(length);
        }
        return fields;
    }

    @ParameterizedTest(name = "{0} is answered {2}")
    @MethodSource("refused")
    void badRequestsAreRefusedAndEndTheConnection(String name, String request, int status) throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            // What a smuggler hides behind it must not be answered.
            client.send(request + head("GET", "/smuggled"));
            Response response = client.read();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(response.body()).doesNotContain("smuggled");
            assertThat(client.ended()).isTrue();
        }
    }

    static Stream<Arguments> badChunks() {
        return Stream.of(
                arguments("a size that is no number", "xyz\r\n"),
                arguments("a negative size", "-5\r\nhello\r\n0\r\n\r\n"),
                arguments("a size that overflows", "fffffffffffffffff\r\n"),
                arguments("a chunk longer than its size", "3\r\nabcdef\r\n0\r\n\r\n"),
                arguments("a chunk ended by a line feed", "3\r\nabc\n0\r\n\r\n"),
                arguments("a line feed in an extension", "3;a\nb\r\nabc\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChunks")
    void badChunksEndTheConnection(String name, String chunks) throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.send(post("Transfer-Encoding: chunked")).send(chunks + head("GET", "/smuggled"));
            Response response = client.read();
            assertThat(response.status()).isEqualTo(400);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void trailersAreReadAndForgotten() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.send(post("Transfer-Encoding: chunked"))
                    .send("3;x=y\r\nabc\r\n0\r\nTrailer: value\r\nContent-Length: 99\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("/ 3");
            assertThat(client.request("GET", "/next").read().body()).isEqualTo("/next 0");
        }
    }

    @Test
    void anAbsoluteTargetIsTakenForItsPath() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            assertThat(client.request("GET", "http://localhost/a?b").read().body())
                    .isEqualTo("/a?b 0");
            assertThat(client.request("GET", "http://localhost?b").read().body())
                    .isEqualTo("/?b 0");
            assertThat(client.request("GET", "http://localhost").read().body()).isEqualTo("/ 0");
        }
    }

    // ---- slowness

    @Test
    void aConnectionThatSendsNothingIsClosed() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            assertThat(client.request("GET", "/").read().status()).isEqualTo(200);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aHeadThatTakesTooLongIsAnswered408() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.send("GET / HTTP/1.1\r\nHost: ");
            assertThat(client.read().status()).isEqualTo(408);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aBodyWithoutProgressEndsTheConnection() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.send(head("POST", "/slow-body", "Content-Length: 100")).send("half");
            assertThat(client.ended()).isTrue();
            assertThat(bodyAborted.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsCutOff() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address, 4096)) {
            client.request("GET", "/big");
            try (RawHttpClient other = RawHttpClient.connect(server.address)) {
                // Its answer comes when the time-outs of the first have passed.
                assertThat(other.request("GET", "/park").read().status()).isEqualTo(200);
            }
            assertThatThrownBy(client::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aParkedRequestHasNoDeadline() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            assertThat(client.request("GET", "/park").read().body()).isEqualTo("patience");
        }
    }
}
