// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import io.netty.buffer.ByteBuf;

/**
 * The first 16 characters of each payload, hexadecimal digits in lower case: the time at which the operation was due, in
 * nanoseconds since the start of the run (48 bits), and a tag that the scenario chooses (16 bits). Read and written eight
 * digits at a time.
 */
public final class Stamp {
    /** Characters of a stamp. */
    public static final int LENGTH = 16;

    /** In place of the stamp of a packet that has none. */
    public static final long NONE = -1;

    private static final long NIBBLES = 0x0f0f_0f0f_0f0f_0f0fL;
    private static final long ONES = 0x0101_0101_0101_0101L;

    private Stamp() {}

    /** A stamp for a time in nanoseconds since the start of the run, and a tag of 16 bits. */
    public static long of(long nanos, int tag) {
        return nanos << 16 | tag;
    }

    /** The time of a stamp in nanoseconds since the start of the run. */
    public static long nanos(long stamp) {
        return stamp >>> 16;
    }

    /** The tag of a stamp. */
    public static int tag(long stamp) {
        return (int) stamp & 0xffff;
    }

    static void write(ByteBuf out, int at, long stamp) {
        out.setLong(at, digits(stamp >>> 32));
        out.setLong(at + 8, digits(stamp & 0xffff_ffffL));
    }

    static long read(ByteBuf in, int at) {
        return value(in.getLong(at)) << 32 | value(in.getLong(at + 8));
    }

    private static long digits(long half) {
        long spread = (half | half << 16) & 0x0000_ffff_0000_ffffL;
        spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ffL;
        spread = (spread | spread << 4) & NIBBLES;
        long letters = (spread + 6 * ONES) >>> 4 & ONES;
        return spread + '0' * ONES + letters * ('a' - '0' - 10);
    }

    private static long value(long digits) {
        long letters = digits >>> 6 & ONES;
        long nibbles = (digits & NIBBLES) + letters * 9;
        nibbles = (nibbles | nibbles >>> 4) & 0x00ff_00ff_00ff_00ffL;
        nibbles = (nibbles | nibbles >>> 8) & 0x0000_ffff_0000_ffffL;
        return (nibbles | nibbles >>> 16) & 0xffff_ffffL;
    }
}
