// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import io.netty.buffer.ByteBuf;

/**
 * Finds its way through MessagePack without making values. Positions are those of the buffer; {@link #BEYOND} is the
 * position after something whose end is not there.
 */
final class MessagePackBytes {
    static final int BEYOND = Integer.MAX_VALUE;

    private MessagePackBytes() {}

    /** The number of entries of the map there, or -1 if there is no small map. */
    static int mapSize(ByteBuf in, int at) {
        int type = in.getUnsignedByte(at);
        return type >= 0x80 && type <= 0x8f ? type & 0x0f : -1;
    }

    /** The number of elements of the array there, or -1 if there is no small array. */
    static int arraySize(ByteBuf in, int at) {
        int type = in.getUnsignedByte(at);
        return type >= 0x90 && type <= 0x9f ? type & 0x0f : -1;
    }

    /** Where the characters of the string there begin, or -1 if there is none. */
    static int stringStart(ByteBuf in, int at) {
        int type = in.getUnsignedByte(at);
        if (type >= 0xa0 && type <= 0xbf) {
            return at + 1;
        }
        return switch (type) {
            case 0xd9 -> at + 2;
            case 0xda -> at + 3;
            case 0xdb -> at + 5;
            default -> -1;
        };
    }

    /** The position after the value there. */
    static int after(ByteBuf in, int at, int end) {
        long place = at;
        for (long left = 1; left > 0; left--) {
            if (place >= end || end - place < headerLength(in.getUnsignedByte((int) place))) {
                return BEYOND;
            }
            int type = in.getUnsignedByte((int) place);
            left += children(in, (int) place, type);
            place += headerLength(type) + content(in, (int) place, type);
        }
        return place > end ? BEYOND : (int) place;
    }

    /** The bytes of a value up to and with its length, or of all of it if it has none. */
    private static int headerLength(int type) {
        return switch (type) {
            case 0xc4, 0xd9 -> 2;
            case 0xc5, 0xda, 0xdc, 0xde -> 3;
            case 0xc6, 0xdb, 0xdd, 0xdf -> 5;
            case 0xc7 -> 3;
            case 0xc8 -> 4;
            case 0xc9 -> 6;
            case 0xcc, 0xd0 -> 2;
            case 0xcd, 0xd1 -> 3;
            case 0xca, 0xce, 0xd2 -> 5;
            case 0xcb, 0xcf, 0xd3 -> 9;
            case 0xd4 -> 3;
            case 0xd5 -> 4;
            case 0xd6 -> 6;
            case 0xd7 -> 10;
            case 0xd8 -> 18;
            default -> 1;
        };
    }

    /** The bytes behind the header that are no values of their own. */
    private static long content(ByteBuf in, int at, int type) {
        if (type >= 0xa0 && type <= 0xbf) {
            return type & 0x1f;
        }
        return switch (type) {
            case 0xc4, 0xc7, 0xd9 -> in.getUnsignedByte(at + 1);
            case 0xc5, 0xc8, 0xda -> in.getUnsignedShort(at + 1);
            case 0xc6, 0xc9, 0xdb -> in.getUnsignedInt(at + 1);
            default -> 0;
        };
    }

    /** The values within. */
    private static long children(ByteBuf in, int at, int type) {
        if (type >= 0x80 && type <= 0x8f) {
            return 2L * (type & 0x0f);
        }
        if (type >= 0x90 && type <= 0x9f) {
            return type & 0x0f;
        }
        return switch (type) {
            case 0xdc -> in.getUnsignedShort(at + 1);
            case 0xdd -> in.getUnsignedInt(at + 1);
            case 0xde -> 2L * in.getUnsignedShort(at + 1);
            case 0xdf -> 2L * in.getUnsignedInt(at + 1);
            default -> 0;
        };
    }
}
