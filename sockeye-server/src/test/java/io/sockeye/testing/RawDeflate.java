// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The payloads of compressed messages (RFC 7692, section 7.2), without context takeover. Stateless. */
public final class RawDeflate {
    /** The header field with which a client offers it. */
    public static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

    /** The bit beside an opcode, on the first frame of a message. */
    public static final int COMPRESSED = 0x40;

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private RawDeflate() {}

    public static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(message);
            byte[] out = new byte[message.length + 1024];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - TAIL.length);
        } finally {
            deflater.end();
        }
    }

    /** A final, masked frame with a compressed message. */
    public static byte[] frame(int opcode, byte[] message) {
        return RawWebSocketClient.frame(COMPRESSED | opcode, deflate(message));
    }

    public static byte[] inflate(byte[] payload) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(RawWebSocketClient.join(payload, TAIL));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            for (int length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
                out.write(part, 0, length);
            }
            return out.toByteArray();
        } finally {
            inflater.end();
        }
    }
}
