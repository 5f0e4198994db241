// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.HttpResponse;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.RequestLimits;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.testing.RawHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final CountDownLatch aborted = new CountDownLatch(1);
    private HttpListenerSettings settings;
    private TestServer server;

    private void start(RequestLimits.Builder limits) {
        settings = HttpListenerSettings.defaults().withLoops(1).withLimits(limits.build());
        server = new TestServer(settings, exchange -> exchange.readBody(10_000_000, new Reader(exchange)));
    }

    private final class Reader implements HttpExchange.BodyListener {
        private final HttpExchange exchange;

        Reader(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void onBody(byte[] body) {
            exchange.respond(HttpResponse.text(body.length + ""));
        }

        @Override
        public void onTooLarge() {
            throw new AssertionError("the body is small");
        }

        @Override
        public void onAborted() {
            aborted.countDown();
        }
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private int status(String target, String... fields) throws IOException {
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            return client.request("GET", target, fields).read().status();
        }
    }

    private long refused(RefusalReason reason) {
        return settings.edge().refusals().counts().get(reason);
    }

    @Test
    void sizesAndNumbersOfARequestAreBounded() throws Exception {
        start(RequestLimits.builder()
                .targetBytes(100)
                .headerBytes(400)
                .headerFields(5)
                .queryParameters(4));
        assertThat(status("/?a=1&b=2&c=3&d=4", "A: 1", "B: 2", "C: 3", "D: 4")).isEqualTo(200);
        assertThat(status("/?a=1&b=2&c=3&d=4&e=5")).isEqualTo(414);
        assertThat(status("/?&&&&")).isEqualTo(414);
        assertThat(status("/" + "a".repeat(100))).isEqualTo(414);
        assertThat(status("/", "A: 1", "B: 2", "C: 3", "D: 4", "E: 5")).isEqualTo(431);
        assertThat(status("/", "A: " + "a".repeat(400))).isEqualTo(431);
        assertThat(refused(RefusalReason.REQUEST_LIMIT)).isEqualTo(5);
    }

    @Test
    void theDefaultsBoundThousandsOfFieldsAndParameters() throws Exception {
        start(RequestLimits.builder());
        assertThat(status("/?" + "a&".repeat(1_000))).isEqualTo(414);
        String[] fields = new String[1_000];
        Arrays.fill(fields, "A: b");
        assertThat(status("/", fields)).isEqualTo(431);
    }

    @Test
    void aBodyThatGoesOnSlowlyHasAnEnd() throws Exception {
        start(RequestLimits.builder()
                .progressTimeout(Duration.ofMillis(300))
                .progressBytes(1)
                .bodyTimeout(Duration.ofMillis(1_500)));
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.send(RawHttpClient.head("POST", "/", "Content-Length: 1000000"));
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
                try {
                    client.send("x");
                } catch (IOException e) {
                    return true;
                }
                return aborted.getCount() == 0;
            });
        }
        assertThat(aborted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(refused(RefusalReason.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void aBodyWithoutEnoughProgressIsGivenUp() throws Exception {
        start(RequestLimits.builder()
                .progressTimeout(Duration.ofMillis(300))
                .progressBytes(500)
                .bodyTimeout(LONG));
        try (RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.send(RawHttpClient.head("POST", "/", "Content-Length: 1000000"))
                    .send("x".repeat(499));
            assertThat(client.ended()).isTrue();
        }
        assertThat(refused(RefusalReason.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void aHeadThatDoesNotEndHasItsTimeFromTheConnectionOn() throws Exception {
        start(RequestLimits.builder().headTimeout(Duration.ofMillis(500)));
        try (RawHttpClient silent = RawHttpClient.connect(server.address);
                RawHttpClient slow = RawHttpClient.connect(server.address).send("GET / HTTP/1.1\r\nA: ")) {
            assertThat(slow.read().status()).isEqualTo(408);
            assertThat(silent.ended()).isTrue();
        }
        await().until(() -> refused(RefusalReason.TIMEOUT) == 2);
    }

    @Test
    void anAnswerThatIsNotReadIsGivenUp() throws Exception {
        settings = HttpListenerSettings.defaults()
                .withLoops(1)
                .withLimits(RequestLimits.builder()
                        .progressTimeout(Duration.ofMillis(300))
                        .build());
        byte[] large = new byte[50_000_000];
        server = new TestServer(
                settings,
                exchange -> exchange.respondAndClose(HttpResponse.of(200, "application/octet-stream", large)));
        try (RawHttpClient client = RawHttpClient.connect(server.address, 4_096)) {
            client.request("GET", "/");
            await().until(() -> server.listener.connections() == 1);
            await().until(() -> server.listener.connections() == 0);
        }
        assertThat(refused(RefusalReason.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void whoSendsAheadAndReadsNothingIsGivenUpWithoutOneMoreAnswer() throws Exception {
        settings = HttpListenerSettings.defaults()
                .withLoops(1)
                .withLimits(RequestLimits.builder()
                        .headTimeout(Duration.ofMillis(300))
                        .progressTimeout(Duration.ofMillis(300))
                        .build());
        byte[] large = new byte[1_000_000];
        AtomicInteger answered = new AtomicInteger();
        server = new TestServer(settings, exchange -> {
            answered.incrementAndGet();
            exchange.respond(HttpResponse.of(200, "application/octet-stream", large));
        });
        try (RawHttpClient client = RawHttpClient.connect(server.address, 4_096)) {
            client.send(RawHttpClient.head("GET", "/").repeat(100));
            await().until(() -> answered.get() > 0 && server.listener.connections() == 0);
        }
        assertThat(answered).hasValueLessThan(100);
        // One more answer would be counted when it is written, and again when it is not read either.
        assertThat(refused(RefusalReason.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void limitsThatServeNobodyAreRefused() {
        assertThatThrownBy(() -> RequestLimits.builder().targetBytes(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RequestLimits.builder().headTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
