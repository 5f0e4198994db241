// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Cors;
import io.sockeye.testing.EchoEngine;
import io.sockeye.testing.EnginePoller;
import io.sockeye.testing.RawHttpClient;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestGateTest {
    private static final String POLLING = "/engine.io/?EIO=4&transport=polling";

    @RegisterExtension
    private final EchoEngine engine = new EchoEngine();

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    private static EngineHooks hooks() {
        EngineHooks.Builder hooks = new EngineHooks.Builder();
        hooks.check(request -> {});
        return hooks.build();
    }

    private void runNext() {
        await().until(() -> !waiting.isEmpty());
        waiting.remove().run();
    }

    @Test
    void opensNoSessionForAClientThatWentWhileTheCheckDecided() throws Exception {
        EngineServer server = engine.start(EchoEngine.options(false, Cors.sameOrigin()), hooks(), waiting::add);
        try (RawHttpClient gone = engine.connect()) {
            gone.request("GET", POLLING);
            await().until(() -> !waiting.isEmpty());
        }
        // The server has seen the end of one connection when it serves the next.
        RawHttpClient other = engine.connect();
        other.request("GET", "/engine.io/?transport=fax").read();

        runNext();
        other.request("GET", POLLING);
        runNext();

        assertThat(other.read().status()).isEqualTo(200);
        await().until(() -> server.sessions().size() == 1);
    }

    @Test
    void opensOneSessionWhereTwoGetTheSameIdAtTheSameTime() throws Exception {
        EngineHooks.Builder hooks = new EngineHooks.Builder();
        hooks.sessionIds(request -> "same");
        EngineServer server = engine.start(EchoEngine.options(false, Cors.sameOrigin()), hooks.build(), waiting::add);
        RawHttpClient first = engine.connect().request("GET", POLLING);
        RawHttpClient second = engine.connect().request("GET", POLLING);
        await().until(() -> waiting.size() == 2);

        runNext();
        runNext();

        assertThat(new int[] {first.read().status(), second.read().status()}).containsExactlyInAnyOrder(200, 400);
        assertThat(server.sessions()).hasSize(1);
    }

    @Test
    void refusesRequestsWhenNobodyCanBeAsked() throws Exception {
        engine.start(EchoEngine.options(false, Cors.sameOrigin()), hooks(), task -> {
            throw new RejectedExecutionException();
        });

        assertThat(EnginePoller.open(engine, "&EIO=4").handshake().status()).isEqualTo(503);
    }
}
