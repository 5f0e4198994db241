// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. */
final class SettableClock extends Clock {
    private volatile Instant now = Instant.ofEpochSecond(1_800_000_000);

    void forward(Duration by) {
        now = now.plus(by);
    }

    /** Seconds since 1970. */
    long seconds() {
        return now.getEpochSecond();
    }

    @Override
    public Instant instant() {
        return now;
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
