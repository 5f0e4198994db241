// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.LoopProbe;
import io.sockeye.testing.ManualLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthPagesTest {
    private final ManualLoop loop = new ManualLoop();
    private final AtomicReference<String> phase = new AtomicReference<>();
    private final HealthPages pages =
            new HealthPages(List.of(new LoopProbe(loop, loop::nanoTime)), phase::get, Runnable::run, loop::nanoTime);

    @Test
    void aServerWhoseLoopsRunIsAlive() {
        assertThat(pages.live().status()).isEqualTo(200);
        loop.runTasks();
        assertThat(body(pages.live())).isEqualTo("{\"status\":\"up\",\"reasons\":[]}");
    }

    @Test
    void aLoopThatRunsNoTaskIsAReasonToStartTheServerAgain() {
        pages.live();
        loop.letPass(11_000);
        HttpResponse answer = pages.live();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(body(answer))
                .isEqualTo("{\"status\":\"down\",\"reasons\":[\"event loop 0 has run no task for 11 s\"]}");
        loop.runTasks();
        pages.live();
        loop.runTasks();
        assertThat(pages.live().status()).isEqualTo(200);
    }

    @Test
    void whatTheServerAndTheChecksSayAreReasonsNotToSendClients() {
        pages.add("store", () -> "no \"quorum\"");
        pages.add("mail", () -> null);
        pages.add("queue", () -> {
            throw new IllegalStateException("a password");
        });
        phase.set("draining");
        HttpResponse answer = pages.ready();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("cache-control")).isEqualTo("no-store");
        assertThat(body(answer))
                .isEqualTo("{\"status\":\"down\",\"reasons\":[\"draining\",\"store: no \\\"quorum\\\"\","
                        + "\"queue: the check failed\"]}");
    }

    @Test
    void checksRunAtMostOnceASecondHoweverOftenTheyAreAskedFor() {
        AtomicInteger calls = new AtomicInteger();
        pages.add("store", () -> calls.incrementAndGet() == 1 ? "not yet" : null);
        for (int i = 0; i < 100; i++) {
            assertThat(pages.ready().status()).isEqualTo(503);
        }
        assertThat(calls).hasValue(1);
        loop.letPass(1_000);
        assertThat(pages.ready().status()).isEqualTo(200);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aNameStandsForOneCheck() {
        pages.add("store", () -> null);
        assertThatThrownBy(() -> pages.add("store", () -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("store");
    }

    private static String body(HttpResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
