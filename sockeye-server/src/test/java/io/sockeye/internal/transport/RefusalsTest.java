// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class RefusalsTest {
    private final AtomicLong nanos = new AtomicLong(5);
    private final Refusals refusals = new Refusals(nanos::get);
    private final List<String> lines = new ArrayList<>();
    private final Logger log = new Recorder(lines);

    @Test
    void aSecondHasSoManyLinesAndTheRestIsCounted() {
        for (int i = 0; i < 25; i++) {
            refusals.log(log, "refused {}", i);
        }
        assertThat(lines).hasSize(20).startsWith("refused 0").endsWith("refused 19");
        nanos.addAndGet(1_000_000_000);
        lines.clear();
        refusals.log(log, "refused {}", "later");
        assertThat(lines).containsExactly("5 more lines like the last ones were suppressed", "refused later");
    }

    @Test
    void refusalsTakeNoLineFromWarnings() {
        for (int i = 0; i < 25; i++) {
            refusals.log(log, "refused {}", i);
        }
        lines.clear();
        for (int i = 0; i < 25; i++) {
            refusals.warn(log, "failed {}", i);
        }
        assertThat(lines).hasSize(20).startsWith("failed 0").endsWith("failed 19");
    }

    @Test
    void withinTheBudgetNothingIsSaidAboutIt() {
        refusals.log(log, "one");
        nanos.addAndGet(7_000_000_000L);
        refusals.log(log, "two");
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void everyReasonIsCounted() {
        refusals.count(RefusalReason.ORIGIN);
        refusals.count(RefusalReason.ORIGIN);
        assertThat(refusals.counts())
                .containsOnlyKeys(RefusalReason.values())
                .containsEntry(RefusalReason.ORIGIN, 2L)
                .containsEntry(RefusalReason.CAPACITY, 0L);
    }

    /** Keeps what is logged. */
    private static final class Recorder extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;
        private final transient List<String> lines;

        Recorder(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
            lines.add(MessageFormatter.basicArrayFormat(message, arguments));
        }
    }
}
