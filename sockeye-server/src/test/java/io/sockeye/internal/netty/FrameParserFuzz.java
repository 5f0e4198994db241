// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.protocol.Utf8Validator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The bytes of a WebSocket, whole and in small pieces. The first byte says how small, and with its top bit that compression
 * was agreed on.
 */
public final class FrameParserFuzz {
    private static final int MAX_MESSAGE_BYTES = 2000;
    private static final Set<Integer> CODES =
            Set.of(CloseCodes.PROTOCOL_ERROR, CloseCodes.INVALID_TEXT, CloseCodes.POLICY, CloseCodes.TOO_BIG);

    private FrameParserFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        try (MessageCodec codec = new MessageCodec()) {
            MessageCodec agreed = input[0] < 0 ? codec : null;
            int piece = 1 + (input[0] & 0x1f);
            Recorder whole = new Recorder(true);
            Recorder pieces = new Recorder(false);
            parse(input, input.length, agreed, whole);
            parse(input, piece, agreed, pieces);
            require(whole.log.equals(pieces.log), "pieces change nothing: " + whole.log + ", " + pieces.log);
            whole.messages.forEach(message -> sendBack(message, codec));
        }
    }

    private static void parse(byte[] input, int piece, MessageCodec codec, Recorder recorder) {
        FrameParser parser = new FrameParser(MAX_MESSAGE_BYTES, codec);
        try {
            for (int start = 1; start < input.length; start += piece) {
                ByteBuf in = Unpooled.wrappedBuffer(input, start, Math.min(piece, input.length - start));
                while (in.isReadable()) {
                    parser.parse(in, recorder);
                }
            }
        } catch (WebSocketViolation violation) {
            require(CODES.contains(violation.code()), "a violation has one of the codes for it");
            require(violation.reason().matches("\\p{ASCII}{1,123}"), "a reason fits into a close frame");
            recorder.log.add(violation.code() + " " + violation.reason());
        }
    }

    /** A message that came is one that can be sent, compressed or not. */
    private static void sendBack(byte[] message, MessageCodec codec) {
        requireReads(FrameParser.BINARY, message, message.length, message, codec);
        int compressed = codec.compress(message, 6);
        if (compressed >= 0) {
            int opcode = FrameParser.COMPRESSED | FrameParser.BINARY;
            requireReads(opcode, codec.compressed(), compressed, message, codec);
        }
    }

    private static void requireReads(int opcode, byte[] payload, int length, byte[] message, MessageCodec codec) {
        ByteBuf frame = Unpooled.buffer();
        ServerFrames.header(frame, opcode, length);
        frame.setByte(1, frame.getByte(1) | 0x80);
        frame.writeInt(0).writeBytes(payload, 0, length);
        Recorder recorder = new Recorder(true);
        new FrameParser(MAX_MESSAGE_BYTES, codec).parse(frame, recorder);
        require(
                recorder.log.equals(List.of("binary " + latin(message))),
                "a message that is sent is the one that comes");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Keeps what comes, and pauses before every other step if it is not eager. */
    private static final class Recorder implements FrameParser.Receiver {
        private final List<String> log = new ArrayList<>();
        private final List<byte[]> messages = new ArrayList<>();
        private final boolean eager;
        private boolean wanting;

        Recorder(boolean eager) {
            this.eager = eager;
        }

        @Override
        public boolean wantsFrames() {
            wanting = !wanting;
            return eager || wanting;
        }

        @Override
        public void onTextMessage(byte[] utf8) {
            Utf8Validator validator = new Utf8Validator();
            require(validator.accept(utf8, 0, utf8.length) && validator.complete(), "text is UTF-8");
            take("text", utf8);
        }

        @Override
        public void onBinaryMessage(byte[] data) {
            take("binary", data);
        }

        private void take(String kind, byte[] message) {
            require(message.length <= MAX_MESSAGE_BYTES, "messages are within their limit");
            log.add(kind + " " + latin(message));
            messages.add(message);
        }

        @Override
        public void onPing(byte[] payload) {
            require(payload.length <= FrameParser.MAX_CONTROL_BYTES, "a ping is within its limit");
            log.add("ping " + latin(payload));
        }

        @Override
        public void onCloseFrame(int code, String reason) {
            require(code == CloseCodes.NONE || CloseCodes.maySend(code), "a close code is one that may be sent");
            log.add("close " + code + " " + reason);
        }
    }
}
