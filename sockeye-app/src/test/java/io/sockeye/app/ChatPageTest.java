// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.Sockeye;
import io.sockeye.security.JwtAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat as its users meet it: unmodified clients and Chromium, against the demo's server. */
@Tag("client")
class ChatPageTest {
    private static final Pattern ADVANCE = Pattern.compile("ADVANCE (\\d+)");

    /** The clock of the system, put forward. Any thread. */
    private static final class AdvancingClock extends Clock {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        void advance(Duration time) {
            ahead.updateAndGet(time::plus);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

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
    void thePageShowsWhatTheServerAnswers() throws Exception {
        try (Sockeye server = start(0)) {
            NodeScript.Outcome outcome = NodeScript.run("e2e/answers.e2e.mjs", environment(server.port()), line -> {});
            assertThat(outcome.status()).as(outcome.output()).isZero();
        }
    }

    @Test
    void aPageSignsInAndRenewsItsToken(@TempDir Path folder) throws Exception {
        Path secret = writeSecret(folder.resolve("secret"));
        AdvancingClock clock = new AdvancingClock();
        JwtAuth auth =
                JwtAuth.builder().secret(Files.readString(secret)).clock(clock).build();
        try (Sockeye server = DemoServer.create(Sockeye.builder().port(0), auth).start()) {
            Map<String, String> environment = new HashMap<>(environment(server.port()));
            environment.put("SOCKEYE_JWT_SECRET_FILE", secret.toString());
            environment.put(
                    "SOCKEYE_OTHER_SECRET_FILE",
                    writeSecret(folder.resolve("other")).toString());
            NodeScript.Outcome outcome = NodeScript.run("e2e/sign-in.e2e.mjs", environment, line -> {
                Matcher advance = ADVANCE.matcher(line);
                if (advance.find()) {
                    clock.advance(Duration.ofSeconds(Long.parseLong(advance.group(1))));
                }
            });
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

    private static Path writeSecret(Path file) throws IOException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Files.writeString(file, HexFormat.of().formatHex(secret));
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
