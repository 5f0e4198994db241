// SPDX-License-Identifier: Apache-2.0
package io.sockeye.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.sockeye.Sockeye;
import io.sockeye.event.Request;
import io.sockeye.testing.JdkClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SockeyeTracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";

    private final CompletableFuture<String> awaited = new CompletableFuture<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    private final Sockeye server = Sockeye.builder().host("127.0.0.1").port(0).build();

    @BeforeEach
    void start() {
        server.observe(new SockeyeTracing(
                OpenTelemetrySdk.builder().setTracerProvider(provider).build()));
        server.namespace("/")
                .on(Request.of("echo", String.class, String.class), (socket, text) -> {
                    Span inner = provider.get("test").spanBuilder("inner").startSpan();
                    inner.end();
                    return text;
                })
                .onAsync(Request.of("later", String.class, String.class), (socket, text) -> {
                    awaited.complete(Span.current().getSpanContext().getSpanId());
                    return answer;
                })
                .on("bad", String.class, (socket, text) -> {
                    throw new IllegalStateException("a password");
                });
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
        provider.close();
    }

    private List<SpanData> spans(int count) {
        await().until(() -> exporter.getFinishedSpanItems().size() >= count);
        return exporter.getFinishedSpanItems();
    }

    @Test
    void theSpanOfAnEventIsBelowTheOneInTheHeaderOfTheHandshake() throws Exception {
        try (JdkClient client = JdkClient.join(server.port(), "", "traceparent", TRACEPARENT)) {
            client.send("421[\"echo\",\"a\"]").next();
            List<SpanData> spans = spans(2);
            SpanData inner = spans.get(0);
            SpanData event = spans.get(1);
            assertThat(event.getName()).isEqualTo("echo");
            assertThat(event.getKind()).isEqualTo(SpanKind.SERVER);
            assertThat(event.getTraceId()).isEqualTo(TRACE);
            assertThat(event.getParentSpanId()).isEqualTo(PARENT);
            assertThat(event.getAttributes().get(AttributeKey.stringKey("sockeye.namespace")))
                    .isEqualTo("/");
            assertThat(event.getAttributes().get(AttributeKey.stringKey("sockeye.socket.id")))
                    .isNotEmpty();
            assertThat(inner.getName()).isEqualTo("inner");
            assertThat(inner.getTraceId()).isEqualTo(TRACE);
            assertThat(inner.getParentSpanId()).isEqualTo(event.getSpanId());
        }
    }

    @Test
    void theAuthObjectServesWhereHeadersCannotBeSet() throws Exception {
        try (JdkClient client = JdkClient.join(server.port(), "{\"traceparent\":\"" + TRACEPARENT + "\"}")) {
            client.send("421[\"echo\",\"a\"]").next();
            client.send("422[\"echo\",\"b\"]").next();
            assertThat(spans(4)).extracting(SpanData::getTraceId).containsOnly(TRACE);
        }
    }

    @Test
    void whatIsNoTraceparentBeginsATraceWithEachEvent() throws Exception {
        try (JdkClient client = JdkClient.join(server.port(), "{\"traceparent\":\"00-1-2-zz\"}")) {
            client.send("421[\"echo\",\"a\"]").next();
            client.send("422[\"echo\",\"b\"]").next();
            assertThat(spans(4).stream().map(SpanData::getTraceId).distinct()).hasSize(2);
        }
    }

    @Test
    void aHandlerThatFailsIsAnErrorWithoutItsMessage() throws Exception {
        try (JdkClient client = JdkClient.join(server.port(), "")) {
            client.send("421[\"bad\",\"a\"]").next();
            SpanData span = spans(1).get(0);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                    .isEqualTo("java.lang.IllegalStateException");
            assertThat(span.toString()).doesNotContain("a password");
        }
    }

    @Test
    void theSpanOfAnAsynchronousHandlerEndsWithItsStage() throws Exception {
        try (JdkClient client = JdkClient.join(server.port(), "")) {
            client.send("421[\"later\",\"a\"]");
            String current = awaited.get(10, TimeUnit.SECONDS);
            client.send("422[\"echo\",\"b\"]").next();
            assertThat(spans(2)).extracting(SpanData::getName).containsExactly("inner", "echo");
            answer.complete("b");
            assertThat(client.next()).isEqualTo("431[\"b\"]");
            SpanData later = spans(3).get(2);
            assertThat(later.getName()).isEqualTo("later");
            assertThat(later.getSpanId()).isEqualTo(current);
        }
    }

    @Test
    void eventsWithoutAHandlerShareOneName() throws Exception {
        try (JdkClient client = JdkClient.join(server.port(), "")) {
            client.send("42[\"made-up\"]").send("421[\"echo\",\"a\"]").next();
            assertThat(spans(3).get(0).getName()).isEqualTo("other");
        }
    }
}
