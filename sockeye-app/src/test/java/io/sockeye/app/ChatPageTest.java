// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.Sockeye;
import io.sockeye.security.JwtAuth;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chat as its users meet it: unmodified clients and Chromium, against the demo's server. */
@Tag("client")
class ChatPageTest {
    @Test
    void everyEventAndPayloadIsThatOfTheContract() throws Exception {
        try (Sockeye server = start(0)) {
            NodeScript.Outcome outcome = NodeScript.run("e2e/contract.e2e.mjs", environment(server.port()), line -> {});
            assertThat(outcome.status()).as(outcome.output()).isZero();
        }
    }

    @Test
    void twoBrowsersChatOverEitherTransport() throws Exception {
        try (Sockeye server = start(0)) {
            NodeScript.Outcome outcome = NodeScript.run("e2e/chat.e2e.mjs", environment(server.port()), line -> {});
            assertThat(outcome.status()).as(outcome.output()).isZero();
        }
    }

    @Test
    void aPageSignsInWithAToken() throws Exception {
        String secret = HexFormat.of().formatHex(new SecureRandom().generateSeed(32));
        JwtAuth auth = JwtAuth.builder().secret(secret).build();
        try (Sockeye server = DemoServer.create(Sockeye.builder().port(0), auth).start()) {
            Map<String, String> environment = new HashMap<>(environment(server.port()));
            environment.put("SOCKEYE_JWT_SECRET", secret);
            NodeScript.Outcome outcome = NodeScript.run("e2e/sign-in.e2e.mjs", environment, line -> {});
            assertThat(outcome.status()).as(outcome.output()).isZero();
        }
    }

    @Test
    void aRestartOfTheServerIsSurvived() throws Exception {
        AtomicReference<Sockeye> running = new AtomicReference<>(start(0));
        int port = running.get().port();
        try {
            NodeScript.Outcome outcome = NodeScript.run("e2e/restart.e2e.mjs", environment(port), line -> {
                if (line.contains("READY_FOR_RESTART")) {
                    running.get().close();
                    running.set(start(port));
                }
            });
            assertThat(outcome.status()).as(outcome.output()).isZero();
        } finally {
            running.get().close();
        }
    }

    private static Sockeye start(int port) {
        return DemoServer.create(Sockeye.builder().port(port)).start();
    }

    private static Map<String, String> environment(int port) {
        String chromium = System.getenv("SOCKEYE_CHROMIUM");
        String url = "http://127.0.0.1:" + port;
        return chromium == null ? Map.of("SOCKEYE_URL", url) : Map.of("SOCKEYE_URL", url, "CHROMIUM", chromium);
    }
}
