// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 15, 16, 0x0123_4567_89ab_cdefL, 0x7fff_ffff_ffff_ffffL, 0x00ff_00ff_00ff_00ffL})
    void sixteenDigitsAreReadAsTheyWereWritten(long stamp) {
        ByteBuf buffer = Unpooled.buffer(18).writeZero(18);

        Stamp.write(buffer, 1, stamp);

        assertThat(buffer.toString(1, 16, StandardCharsets.US_ASCII)).isEqualTo(String.format("%016x", stamp));
        assertThat(Stamp.read(buffer, 1)).isEqualTo(stamp);
    }

    @Test
    void aStampHasATimeAndATag() {
        long stamp = Stamp.of(123_456_789_012L, 54_321);

        assertThat(Stamp.nanos(stamp)).isEqualTo(123_456_789_012L);
        assertThat(Stamp.tag(stamp)).isEqualTo(54_321);
    }
}
