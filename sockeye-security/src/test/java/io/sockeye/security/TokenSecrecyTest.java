// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.sockeye.Sockeye;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Whoever has a token is who it says, so none is in a log, at whatever level. */
@Timeout(60)
class TokenSecrecyTest {
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.sockeye");
    private final List<String> logged = new CopyOnWriteArrayList<>();

    private final AppenderBase<ILoggingEvent> notes = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                logged.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };

    @BeforeEach
    void listen() {
        notes.start();
        ours.addAppender(notes);
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
    }

    @AfterEach
    void stop() {
        ours.detachAppender(notes);
        ours.setLevel(null);
        ours.setAdditive(true);
    }

    @Test
    void logs_no_part_of_a_token() throws Exception {
        byte[] secret = Signer.newSecret(32);
        Signer signer = Signer.secret("HS256", secret);
        String good = signer.token("{'sub':'ada','jti':'7','exp':9999999999}");
        String expired = signer.token("{'sub':'ada','exp':1}");
        String forged = Signer.secret("HS256", Signer.newSecret(32)).token("{'sub':'ada','exp':9999999999}");
        JwtAuth auth = JwtAuth.builder().secret(secret).build();
        try (Sockeye server = Sockeye.builder().host("127.0.0.1").port(0).build()) {
            server.namespace("/").use(auth).onConnect(socket -> socket.emit("hello"));
            int port = server.start().port();
            for (String bad : List.of(expired, forged, good + "x", "x".repeat(9000))) {
                try (RealClient client = RealClient.withToken(port, bad)) {
                    assertThat(client.refusal()).isEqualTo("Authentication error: Invalid token");
                }
            }
            try (RealClient client = RealClient.withToken(port, good)) {
                client.await("hello");
                client.ask("auth_refresh", forged);
                client.ask("auth_refresh", good);
            }
            JwtClaims claims = auth.verify(good);
            assertThat(claims.toString() + claims.asMap()).doesNotContain(signature(good));
        }
        assertThat(logged).anySatisfy(line -> assertThat(line).contains("a token is refused: it has expired"));
        for (String token : List.of(good, expired, forged)) {
            assertThat(logged).noneSatisfy(line -> assertThat(line).contains(signature(token)));
        }
        assertThat(logged).noneSatisfy(line -> assertThat(line).contains("xxxxxxxx"));
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }
}
