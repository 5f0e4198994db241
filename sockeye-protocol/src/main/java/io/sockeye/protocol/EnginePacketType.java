// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import org.jspecify.annotations.Nullable;

/** The seven packet types of Engine.IO. Each has a digit on the wire. */
public enum EnginePacketType {
    OPEN('0'),
    CLOSE('1'),
    PING('2'),
    PONG('3'),
    MESSAGE('4'),
    UPGRADE('5'),
    NOOP('6');

    private static final EnginePacketType[] BY_DIGIT = values();

    private final byte code;

    EnginePacketType(char digit) {
        this.code = (byte) digit;
    }

    /** The ASCII digit that starts a text packet of this type. */
    public byte code() {
        return code;
    }

    /** The type that an ASCII digit stands for, or null if the byte is none of the seven. */
    public static @Nullable EnginePacketType ofCode(byte code) {
        int index = code - '0';
        return index >= 0 && index < BY_DIGIT.length ? BY_DIGIT[index] : null;
    }
}
