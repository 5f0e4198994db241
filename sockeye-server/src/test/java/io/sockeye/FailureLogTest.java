// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.sockeye.api.Policy;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A client that makes the user's code fail does not fill the log, and the first failure is in it. */
class FailureLogTest {
    private static final int CALLS = 300;

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Logger ours = (Logger) LoggerFactory.getLogger("io.sockeye.internal");
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    private final AppenderBase<ILoggingEvent> notes = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() != null) {
                traces.add(event.getThrowableProxy().getMessage());
            } else if (event.getLevel() == Level.WARN) {
                warnings.add(event.getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() {
        notes.start();
        ours.addAppender(notes);
    }

    @AfterEach
    void stop() {
        ours.detachAppender(notes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "rule"})
    void failuresOfEventsArePaced(String event) throws Exception {
        running.start(s -> s.namespace("/")
                .policy(Policy.builder()
                        .event("rule", (socket, args) -> {
                            throw new IllegalStateException("rule");
                        })
                        .build())
                .on("handler", String.class, (socket, text) -> {
                    throw new IllegalStateException("handler");
                })
                .on("rule", String.class, (socket, text) -> {}));
        SocketIoClient client = running.connect();
        for (int i = 0; i < CALLS; i++) {
            client.send("2" + i + "['" + event + "','x']");
        }
        for (int i = 0; i < CALLS; i++) {
            assertThat(client.next()).contains("error");
        }
        assertThat(traces).isNotEmpty().containsOnly(event).hasSizeLessThan(CALLS / 2);
    }

    @Test
    void refusalsOfNamespacesThatAreTooManyArePaced() throws Exception {
        running.start(Sockeye.builder().maxDynamicNamespaces(1), s -> s.namespaces(Pattern.compile("^/n\\d+$")));
        SocketIoClient client = running.connect().join("/n0");
        for (int i = 1; i <= CALLS; i++) {
            assertThat(client.send("0/n" + i + ",").next())
                    .startsWith("4/n" + i)
                    .contains("Invalid namespace");
        }
        assertThat(warnings)
                .anyMatch(text -> text.contains("namespaces of ^/n"))
                .hasSizeLessThan(CALLS / 2);
    }

    @Test
    void failuresOfRoutesArePaced() throws Exception {
        running.start(s -> s.route("GET", "/fails", request -> {
            throw new IllegalStateException("route");
        }));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
        try (RawHttpClient client = RawHttpClient.connect(address)) {
            for (int i = 0; i < CALLS; i++) {
                assertThat(client.request("GET", "/fails").read().status()).isEqualTo(500);
            }
        }
        assertThat(traces).isNotEmpty().containsOnly("route").hasSizeLessThan(CALLS / 2);
    }
}
