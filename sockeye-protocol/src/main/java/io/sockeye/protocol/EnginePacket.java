// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One received packet of Engine.IO: its type, and its data as a slice of an array that nobody modifies any more. */
public final class EnginePacket {
    private final EnginePacketType type;
    private final boolean binary;
    private final byte[] array;
    private final int offset;
    private final int length;

    EnginePacket(EnginePacketType type, boolean binary, byte[] array, int offset, int length) {
        this.type = type;
        this.binary = binary;
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** The type; {@code MESSAGE} for all binary data. */
    public EnginePacketType type() {
        return type;
    }

    /** Whether the data is binary. Otherwise it is valid UTF-8. */
    public boolean binary() {
        return binary;
    }

    /** What holds the data, and perhaps more; not to be modified. */
    public byte[] array() {
        return array;
    }

    /** Where the data starts in the array, behind the type digit. */
    public int offset() {
        return offset;
    }

    /** The number of bytes of the data. */
    public int length() {
        return length;
    }

    /** The data as text. */
    public String text() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** The data alone: the array if it holds nothing else, or else a copy. */
    public byte[] bytes() {
        return length == array.length ? array : Arrays.copyOfRange(array, offset, offset + length);
    }

    @Override
    public String toString() {
        return "EnginePacket[" + type + ", " + length + (binary ? " bytes]" : " bytes of text]");
    }
}
