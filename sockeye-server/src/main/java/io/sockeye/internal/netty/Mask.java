// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of client frames (RFC 6455, section 5.3). Stateless. */
final class Mask {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Mask() {}

    /**
     * Masks or unmasks in place.
     *
     * @param key the four key bytes, the first one for the first byte of the range in the highest place
     */
    static void apply(byte[] data, int offset, int length, int key) {
        long pair = (long) key << 32 | (key & 0xffffffffL);
        int end = offset + length;
        int i = offset;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            LONGS.set(data, i, (long) LONGS.get(data, i) ^ pair);
        }
        for (int shift = 24; i < end; i++, shift = shift == 0 ? 24 : shift - 8) {
            data[i] ^= (byte) (key >>> shift);
        }
    }
}
