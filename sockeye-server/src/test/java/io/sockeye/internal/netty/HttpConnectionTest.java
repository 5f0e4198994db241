// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.testing.RawHttpClient.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawHttpClient.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpConnectionTest {
    private static final int MAX_BODY = 1000;

    private final BlockingQueue<HttpExchange> parked = new LinkedBlockingQueue<>();
    private final Map<String, CountDownLatch> aborted = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(2, new Service());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawHttpClient connect() throws Exception {
        return RawHttpClient.connect(server.address);
    }

    private CountDownLatch abortOf(String path) {
        return aborted.computeIfAbsent(path, key -> new CountDownLatch(1));
    }

    /** Answers by path. */
    private final class Service implements HttpService {
        @Override
        public void handle(HttpExchange exchange) {
            String path = exchange.head().path();
            if (path.startsWith("/park")) {
                exchange.onAborted(() -> abortOf(path).countDown());
                parked.add(exchange);
            } else if (path.startsWith("/slow")) {
                answerLater(exchange);
            } else if (path.equals("/fault")) {
                throw new IllegalStateException("secret");
            } else if (path.equals("/unread")) {
                exchange.respond(HttpResponse.text("unread"));
            } else if (path.startsWith("/status/")) {
                exchange.respond(HttpResponse.of(Integer.parseInt(path.substring(8))));
            } else if (path.equals("/big")) {
                exchange.respond(HttpResponse.text("x".repeat(5_000_000)));
            } else if (path.equals("/close")) {
                exchange.respondAndClose(HttpResponse.text("bye"));
            } else if (path.startsWith("/body")) {
                exchange.readBody(MAX_BODY, new Body(exchange));
            } else {
                exchange.respond(HttpResponse.text(
                        exchange.head() + " " + exchange.head().query()));
            }
        }

        private void answerLater(HttpExchange exchange) {
            int now = running.incrementAndGet();
            exchange.loop()
                    .schedule(
                            () -> {
                                running.decrementAndGet();
                                exchange.respond(
                                        HttpResponse.text(exchange.head().path() + " beside " + (now - 1)));
                            },
                            5);
        }
    }

    private final class Body implements HttpExchange.BodyListener {
        private final HttpExchange exchange;

        Body(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void onBody(byte[] body) {
            exchange.loop().assertInLoop();
            if (exchange.head().path().equals("/body/fault")) {
                throw new IllegalStateException("secret");
            }
            exchange.respond(HttpResponse.of(200, "application/octet-stream", body));
        }

        @Override
        public void onTooLarge() {
            exchange.loop().assertInLoop();
            exchange.respond(HttpResponse.of(413));
        }

        @Override
        public void onAborted() {
            exchange.loop().assertInLoop();
            abortOf(exchange.head().path()).countDown();
        }
    }

    // ---- answers

    @Test
    void anAnswerHasLengthAndDate() throws Exception {
        try (RawHttpClient client = connect()) {
            Response response =
                    client.request("GET", "/rooms/a%20b+c?x=1&y=a+b&x=%C3%BC").read();
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(response.body()).isEqualTo("GET /rooms/a b+c {x=[1, ü], y=[a b]}");
            assertThat(response.headers().keySet()).containsOnly("content-type", "content-length", "date");
            Instant date = ZonedDateTime.parse(response.header("date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            assertThat(Duration.between(date, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void headIsAnsweredWithoutABody() throws Exception {
        try (RawHttpClient client = connect()) {
            Response response = client.request("HEAD", "/big").readHead();
            assertThat(response.header("content-length")).isEqualTo("5000000");
            assertThat(client.request("GET", "/status/200").read().status()).isEqualTo(200);
        }
    }

    @Test
    void emptyAnswersHaveNoBody() throws Exception {
        try (RawHttpClient client = connect()) {
            assertThat(client.request("GET", "/status/204").read().headers()).doesNotContainKey("content-length");
            assertThat(client.request("GET", "/status/304").read().headers()).doesNotContainKey("content-length");
            assertThat(client.request("GET", "/status/200").read().header("content-length"))
                    .isEqualTo("0");
        }
    }

    @Test
    void aLargeAnswerArrivesWhole() throws Exception {
        try (RawHttpClient client = connect()) {
            assertThat(client.request("GET", "/big").read().bytes()).hasSize(5_000_000);
            assertThat(client.request("GET", "/big").read().bytes()).hasSize(5_000_000);
        }
    }

    @Test
    void faultsOfTheServiceAreAnsweredNeutrally() throws Exception {
        try (RawHttpClient client = connect()) {
            Response response = client.request("GET", "/fault").read();
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body()).doesNotContain("secret");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void faultsOfABodyListenerAreAnsweredNeutrally() throws Exception {
        try (RawHttpClient client = connect()) {
            Response response = client.request("POST", "/body/fault", "Content-Length: 2")
                    .send("ab")
                    .read();
            assertThat(response.status()).isEqualTo(500);
        }
    }

    @Test
    void onlyTheFirstAnswerCounts() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("GET", "/park/twice");
            HttpExchange exchange = parked.poll(5, TimeUnit.SECONDS);
            exchange.respond(HttpResponse.text("first"));
            exchange.respond(HttpResponse.text("second"));
            exchange.respondAndClose(HttpResponse.text("third"));
            assertThat(client.read().body()).isEqualTo("first");
            assertThat(client.request("GET", "/next").read().body()).startsWith("GET /next");
        }
    }

    // ---- one after the other

    @Test
    void aConnectionServesManyRequests() throws Exception {
        try (RawHttpClient client = connect()) {
            for (int i = 0; i < 200; i++) {
                assertThat(client.request("GET", "/" + i).read().body()).startsWith("GET /" + i);
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderOneAtATime() throws Exception {
        try (RawHttpClient client = connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                requests.append(head("GET", "/slow/" + i));
            }
            client.send(requests.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.read().body()).isEqualTo("/slow/" + i + " beside 0");
            }
        }
    }

    @Test
    void pipelinedBodiesGoToTheirRequests() throws Exception {
        try (RawHttpClient client = connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                String body = "body " + i;
                requests.append(head("POST", "/body", "Content-Length: " + body.length()))
                        .append(body)
                        .append(head("POST", "/body", "Transfer-Encoding: chunked"))
                        .append("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            }
            client.send(requests.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(client.read().body()).isEqualTo("body " + i);
                assertThat(client.read().body()).isEqualTo("abcde");
            }
        }
    }

    @Test
    void manyPipelinedRequestsWaitInTheKernelAndAreAllAnswered() throws Exception {
        try (RawHttpClient client = connect()) {
            int count = 20_000;
            client.request("GET", "/park/first");
            HttpExchange first = parked.poll(5, TimeUnit.SECONDS);
            Thread sender = new Thread(() -> {
                try {
                    byte[] requests = head("GET", "/status/200").repeat(count).getBytes(StandardCharsets.ISO_8859_1);
                    client.send(requests);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            sender.start();
            first.respond(HttpResponse.text("first"));
            assertThat(client.read().body()).isEqualTo("first");
            for (int i = 0; i < count; i++) {
                assertThat(client.read().status()).isEqualTo(200);
            }
            sender.join(5_000);
        }
    }

    @Test
    void aRequestInPiecesIsPutTogether() throws Exception {
        try (RawHttpClient client = connect()) {
            String request = head("POST", "/body", "Content-Length: 5") + "hello";
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            assertThat(client.read().body()).isEqualTo("hello");
        }
    }

    // ---- keep-alive

    @Test
    void connectionCloseIsObeyed() throws Exception {
        try (RawHttpClient client = connect()) {
            Response response = client.request("GET", "/", "Connection: close").read();
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void theServiceMayCloseTheConnection() throws Exception {
        try (RawHttpClient client = connect()) {
            Response response = client.request("GET", "/close").read();
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void http10ClosesUnlessAskedNotTo() throws Exception {
        try (RawHttpClient client = connect()) {
            Response kept = client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .read();
            assertThat(kept.header("connection")).isEqualTo("keep-alive");
            Response last = client.send("GET /b HTTP/1.0\r\n\r\n").read();
            assertThat(last.body()).startsWith("GET /b");
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    // ---- bodies

    @Test
    void aBodyOfTheLargestSizeIsAccepted() throws Exception {
        try (RawHttpClient client = connect()) {
            String body = "b".repeat(MAX_BODY);
            assertThat(client.request("POST", "/body", "Content-Length: " + MAX_BODY)
                            .send(body)
                            .read()
                            .body())
                    .isEqualTo(body);
        }
    }

    @Test
    void anAnnouncedBodyThatIsTooLargeIsRefusedBeforeItComes() throws Exception {
        try (RawHttpClient client = connect()) {
            Response response =
                    client.request("POST", "/body", "Content-Length: 10000000").read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aLittleTooMuchKeepsTheConnection() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("POST", "/body", "Content-Length: " + (MAX_BODY + 1)).send("b".repeat(MAX_BODY + 1));
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.request("GET", "/next").read().body()).startsWith("GET /next");
        }
    }

    @Test
    void aChunkedBodyThatBecomesTooLargeIsRefused() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("POST", "/body", "Transfer-Encoding: chunked");
            client.send("1f4\r\n" + "c".repeat(500) + "\r\n").send("1f5\r\n" + "c".repeat(501) + "\r\n");
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void anAnswerSurvivesAClientThatGoesOnSending() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("POST", "/body", "Content-Length: 700000");
            byte[] part = new byte[100_000];
            Arrays.fill(part, (byte) 'x');
            for (int i = 0; i < 7; i++) {
                client.send(part);
            }
            assertThat(client.read().status()).isEqualTo(413);
        }
    }

    @Test
    void anUnreadBodyIsThrownAway() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("POST", "/unread", "Content-Length: 50000").send(new byte[50_000]);
            assertThat(client.read().body()).isEqualTo("unread");
            assertThat(client.request("GET", "/next").read().body()).startsWith("GET /next");
        }
    }

    @Test
    void aClientThatExpectsContinueIsToldToGoOn() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("POST", "/body", "Content-Length: 5", "Expect: 100-continue");
            assertThat(client.readHead().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("hello").read().body()).isEqualTo("hello");
            assertThat(client.request("GET", "/next").read().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatExpectsContinueIsNotToldToSendTooMuch() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("POST", "/body", "Content-Length: 5000", "Expect: 100-continue");
            Response response = client.read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void otherExpectationsAreRefused() throws Exception {
        try (RawHttpClient client = connect()) {
            assertThat(client.request("GET", "/", "Expect: a-miracle").read().status())
                    .isEqualTo(417);
        }
    }

    // ---- the client goes away

    @Test
    void theEndOfAParkedRequestIsNoticed() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("GET", "/park/gone");
            assertThat(parked.poll(5, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(abortOf("/park/gone").await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theEndOfAnUnfinishedBodyIsNoticed() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("POST", "/body/gone", "Content-Length: 100").send("half");
        }
        assertThat(abortOf("/body/gone").await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAnswerAfterTheEndIsIgnored() throws Exception {
        HttpExchange exchange;
        try (RawHttpClient client = connect()) {
            client.request("GET", "/park/late");
            exchange = parked.poll(5, TimeUnit.SECONDS);
        }
        assertThat(abortOf("/park/late").await(5, TimeUnit.SECONDS)).isTrue();
        exchange.respond(HttpResponse.text("late"));
        CountDownLatch again = new CountDownLatch(1);
        exchange.loop().execute(() -> exchange.onAborted(again::countDown));
        assertThat(again.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAnsweredRequestIsNotAborted() throws Exception {
        try (RawHttpClient client = connect()) {
            client.request("GET", "/park/answered");
            parked.poll(5, TimeUnit.SECONDS).respond(HttpResponse.text("done"));
            assertThat(client.read().body()).isEqualTo("done");
        }
        try (RawHttpClient other = connect()) {
            other.request("GET", "/").read();
        }
        assertThat(abortOf("/park/answered").getCount()).isEqualTo(1);
    }

    // ---- with the JDK's client

    @Test
    void theJdkClientIsServed() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        Queue<String> bodies = new ArrayDeque<>();
        for (int i = 0; i < 20; i++) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + server.address.getPort() + "/body"))
                    .POST(HttpRequest.BodyPublishers.ofString("message " + i))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            bodies.add(client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body());
        }
        assertThat(bodies).hasSize(20).contains("message 0", "message 19");
    }

    @Test
    void connectionsAreSpreadOverTheLoops() throws Exception {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            try (RawHttpClient client = connect()) {
                client.request("GET", "/park/spread");
                seen.add(parked.poll(5, TimeUnit.SECONDS).loop().index());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(0, 1);
    }
}
