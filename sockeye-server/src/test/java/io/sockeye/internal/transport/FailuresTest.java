// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailuresTest {
    private final AtomicLong nanos = new AtomicLong(5);
    private final Failures failures = new Failures(nanos::get);
    private final Logger log = (Logger) LoggerFactory.getLogger("failures of the test");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setAdditive(false);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            failures.warn(log, "call {} failed", i, new IllegalStateException());
        }
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private long traces() {
        return lines.list.stream()
                .filter(line -> line.getThrowableProxy() != null)
                .count();
    }

    @Test
    void aSecondHasSoManyTracesAndTheRestIsCounted() {
        fail(1_000);
        assertThat(traces()).isEqualTo(6);
        assertThat(texts())
                .hasSize(7)
                .startsWith("call 0 failed")
                .endsWith("further failures of this second are only counted");
        lines.list.clear();
        nanos.addAndGet(1_000_000_000);
        fail(1);
        assertThat(texts()).containsExactly("994 more failures were only counted", "call 0 failed");
        assertThat(traces()).isEqualTo(1);
    }

    @Test
    void theFirstFailureOfAnotherPlaceIsNotHidden() {
        fail(1_000);
        lines.list.clear();
        failures.warn(log, "call {} failed", "another", new IllegalArgumentException());
        failures.warn(log, "call {} failed", "a third", new IllegalStateException());
        failures.warn(log, "no answer of {}", "a fourth");
        fail(1);
        assertThat(texts()).containsExactly("call another failed", "call a third failed", "no answer of a fourth");
    }

    @Test
    void thePlacesThatAreRememberedAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            failures.warn(log, "place " + i);
        }
        assertThat(texts()).hasSize(256 + 6);
    }
}
