// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

/** One message to the assembler of {@link MessagePackFormat}. */
public final class MessagePackFormatFuzz {
    private static final MessagePackFormat FORMAT = new MessagePackFormat();

    private MessagePackFormatFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Packet packet;
        try {
            packet = FORMAT.newAssembler(ProtocolLimits.DEFAULTS).binary(input);
        } catch (ProtocolException refusal) {
            FuzzChecks.requireDocumented(refusal);
            return;
        }
        FuzzChecks.require(FORMAT.recognizes(input, 0, input.length, false), "what is a packet is recognized as one");
        FuzzChecks.use(packet, FORMAT);
    }
}
