// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Messages to the assembler of {@link JsonFormat}, with the byte {@code ff} between them; those that begin with {@code fe}
 * are binary.
 */
public final class JsonFormatFuzz {
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final byte SEPARATOR = (byte) 0xff;
    private static final byte BINARY = (byte) 0xfe;
    private static final byte[] BEHIND = {'0', ']', '}', '"', ','};

    private JsonFormatFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        PacketAssembler assembler = FORMAT.newAssembler(ProtocolLimits.DEFAULTS);
        int start = 0;
        for (int position = 0; position <= input.length; position++) {
            if (position == input.length || input[position] == SEPARATOR) {
                give(assembler, Arrays.copyOfRange(input, start, position));
                start = position + 1;
            }
        }
    }

    private static void give(PacketAssembler assembler, byte[] message) {
        try {
            Packet packet = message.length > 0 && message[0] == BINARY
                    ? assembler.binary(Arrays.copyOfRange(message, 1, message.length))
                    : text(assembler, message);
            FuzzChecks.require(packet == null || !assembler.pending(), "nothing is due behind a whole packet");
            if (packet != null) {
                FuzzChecks.use(packet, FORMAT);
            }
        } catch (ProtocolException refusal) {
            FuzzChecks.requireDocumented(refusal);
            FuzzChecks.require(!assembler.pending(), "nothing is kept of a packet that was refused");
        }
    }

    /** The text is a slice: what is around it must not matter. */
    private static @Nullable Packet text(PacketAssembler assembler, byte[] message) {
        if (!Utf8.validate(message, 0, message.length)) {
            return null;
        }
        byte[] array = Arrays.copyOf(message, message.length + BEHIND.length);
        System.arraycopy(BEHIND, 0, array, message.length, BEHIND.length);
        return assembler.text(array, 0, message.length);
    }
}
