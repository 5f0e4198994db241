// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the {@code Date} header, formatted once per second. Loop only. */
final class DateHeader {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private byte[] value = {};

    byte[] value() {
        long now = Math.floorDiv(System.currentTimeMillis(), 1000L);
        if (now != second) {
            value = FORMAT.format(Instant.ofEpochSecond(now)).getBytes(StandardCharsets.US_ASCII);
            second = now;
        }
        return value;
    }
}
