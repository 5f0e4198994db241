// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.internal.transport.CloseCodes.INVALID_TEXT;
import static io.sockeye.internal.transport.CloseCodes.POLICY;
import static io.sockeye.internal.transport.CloseCodes.PROTOCOL_ERROR;
import static io.sockeye.internal.transport.CloseCodes.TOO_BIG;
import static io.sockeye.internal.transport.CloseCodes.TRY_AGAIN_LATER;

import io.netty.buffer.ByteBuf;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.protocol.Utf8;
import io.sockeye.protocol.Utf8Validator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes client frames (RFC 6455, section 5) from the bytes of one connection and puts messages together. Loop only.
 *
 * <p>It keeps no bytes but those of an unfinished message, unmasked and checked as they come; the array for them grows with
 * what has come, not with what was announced.
 */
final class FrameParser {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int MAX_CONTROL_BYTES = 125;

    /** The bit beside the opcode for a compressed message (RFC 7692, section 6). */
    static final int COMPRESSED = 0x40;

    /** Small fragments cost work and no memory: so many are free, and more if they carry data. */
    private static final int FREE_FRAGMENTS = 1024;

    private static final int BYTES_PER_FRAGMENT = 16;
    private static final int FIRST_BYTES = 512;

    private static final byte[] EMPTY = {};

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    /** Of a frame of up to 125 bytes, with its mask. */
    private static final int SHORT_HEADER = 6;

    /** What is expected next. */
    private enum Step {
        FIRST_BYTE,
        SECOND_BYTE,
        LENGTH,
        MASK,
        PAYLOAD
    }

    private final int maxMessageBytes;
    private final IncomingBudget budget;
    /** Null where compression was not agreed on. */
    private final @Nullable MessageCodec codec;

    private final Utf8Validator text = new Utf8Validator();

    /* The frame. */
    private Step step = Step.FIRST_BYTE;
    private boolean last;
    private int opcode;
    private int headerBytesLeft;
    private boolean longLength;
    private long length;
    private int mask;
    private int received;
    private byte[] control = EMPTY;

    /* The message, over its frames; opcode 0 where there is none. */
    private int messageOpcode;
    private boolean compressed;
    private int fragments;
    private byte[] message = EMPTY;
    private int filled;
    /** What of the array the budget knows. */
    private int counted;

    /** A parser that holds what it likes of a message. */
    FrameParser(int maxMessageBytes, @Nullable MessageCodec codec) {
        this(maxMessageBytes, IncomingBudget.UNLIMITED, codec);
    }

    FrameParser(int maxMessageBytes, IncomingBudget budget, @Nullable MessageCodec codec) {
        this.maxMessageBytes = maxMessageBytes;
        this.budget = budget;
        this.codec = codec;
    }

    /**
     * Takes bytes until there are no more, or the receiver wants no more.
     *
     * @throws WebSocketViolation if the peer broke a rule; the parser is of no use afterwards
     */
    void parse(ByteBuf in, Receiver receiver) {
        while (in.isReadable() && receiver.wantsFrames()) {
            if (step == Step.FIRST_BYTE && wholeMessage(in, receiver)) {
                continue;
            }
            switch (step) {
                case FIRST_BYTE -> firstByte(in.readByte());
                case SECOND_BYTE -> secondByte(in.readByte());
                case LENGTH -> lengthByte(in.readByte());
                case MASK -> maskByte(in.readByte());
                case PAYLOAD -> payload(in);
            }
            if (step == Step.PAYLOAD && received == length) {
                step = Step.FIRST_BYTE;
                endFrame(receiver);
            }
        }
    }

    /**
     * Takes a short text message that is all there, which is what nearly all are: the steps for every other frame decide what is
     * wrong with one that is not like that.
     *
     * @return false if the next frame is another one; nothing was taken then
     */
    private boolean wholeMessage(ByteBuf in, Receiver receiver) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available < SHORT_HEADER || messageOpcode != 0 || in.getUnsignedByte(start) != (FINAL | TEXT)) {
            return false;
        }
        int second = in.getUnsignedByte(start + 1);
        boolean extended = second == (MASKED | 126);
        int header = extended ? SHORT_HEADER + 2 : SHORT_HEADER;
        int bytes = extended ? in.getUnsignedShort(start + 2) : second & 0x7f;
        boolean shortest = extended ? bytes > MAX_CONTROL_BYTES : (second & MASKED) != 0 && bytes <= MAX_CONTROL_BYTES;
        if (!shortest || bytes > maxMessageBytes || available < header + bytes) {
            return false;
        }
        byte[] utf8 = new byte[bytes];
        in.getBytes(start + header, utf8);
        Mask.apply(utf8, 0, bytes, in.getInt(start + header - 4));
        if (!Utf8.validate(utf8, 0, bytes)) {
            return false;
        }
        in.skipBytes(header + bytes);
        receiver.onTextMessage(utf8);
        return true;
    }

    // Header

    private void firstByte(byte b) {
        last = (b & 0x80) != 0;
        opcode = b & 0x0f;
        boolean starts = opcode == TEXT || opcode == BINARY;
        int agreed = starts && codec != null ? COMPRESSED : 0;
        refuse((b & 0x70 & ~agreed) != 0, "reserved bits are set without an extension");
        switch (opcode) {
            case CONTINUATION -> refuse(messageOpcode == 0, "a continuation without a message");
            case TEXT, BINARY -> refuse(messageOpcode != 0, "a new message inside a fragmented one");
            case CLOSE, PING, PONG -> refuse(!last, "a control frame is fragmented");
            default -> refuse(true, "unknown opcode");
        }
        if (starts) {
            compressed = (b & COMPRESSED) != 0;
        }
        step = Step.SECOND_BYTE;
    }

    private void secondByte(byte b) {
        refuse((b & 0x80) == 0, "a client frame is not masked");
        int shortLength = b & 0x7f;
        refuse(isControl() && shortLength > MAX_CONTROL_BYTES, "a control frame is longer than 125 bytes");
        length = 0;
        longLength = shortLength == 127;
        if (shortLength > MAX_CONTROL_BYTES) {
            headerBytesLeft = longLength ? 8 : 2;
            step = Step.LENGTH;
        } else {
            length = shortLength;
            endLength();
        }
    }

    private void lengthByte(byte b) {
        refuse(longLength && headerBytesLeft == 8 && b < 0, "the top bit of a length is set");
        length = length << 8 | (b & 0xff);
        headerBytesLeft--;
        if (headerBytesLeft == 0) {
            refuse(length <= (longLength ? 0xffff : MAX_CONTROL_BYTES), "a length is not in its shortest form");
            endLength();
        }
    }

    private void endLength() {
        if (!isControl() && length > maxMessageBytes - filled) {
            throw new WebSocketViolation(TOO_BIG, "a message is larger than " + maxMessageBytes + " bytes");
        }
        headerBytesLeft = 4;
        step = Step.MASK;
    }

    private void maskByte(byte b) {
        mask = mask << 8 | (b & 0xff);
        headerBytesLeft--;
        if (headerBytesLeft > 0) {
            return;
        }
        step = Step.PAYLOAD;
        received = 0;
        if (isControl()) {
            control = length == 0 ? EMPTY : new byte[(int) length];
        } else {
            countFragment();
        }
    }

    private void countFragment() {
        if (opcode != CONTINUATION) {
            messageOpcode = opcode;
        }
        fragments++;
        if (fragments > FREE_FRAGMENTS + filled / BYTES_PER_FRAGMENT) {
            throw new WebSocketViolation(POLICY, "a message has too many small fragments");
        }
    }

    private boolean isControl() {
        return opcode >= CLOSE;
    }

    // Payload

    private void payload(ByteBuf in) {
        int bytes = (int) Math.min(length - received, in.readableBytes());
        if (isControl()) {
            in.readBytes(control, received, bytes);
            Mask.apply(control, received, bytes, Integer.rotateLeft(mask, 8 * (received & 3)));
        } else {
            makeRoom(bytes);
            in.readBytes(message, filled, bytes);
            Mask.apply(message, filled, bytes, Integer.rotateLeft(mask, 8 * (received & 3)));
            boolean checked = messageOpcode != TEXT || compressed || text.accept(message, filled, bytes);
            refuseText(!checked, "a text message is not UTF-8");
            filled += bytes;
        }
        received += bytes;
    }

    private void makeRoom(int bytes) {
        int needed = filled + bytes;
        if (message.length >= needed) {
            return;
        }
        long announced = filled + (length - received);
        long grown = Math.max(FIRST_BYTES, 2L * message.length);
        long size = last ? Math.min(announced, grown) : Math.min(maxMessageBytes, grown);
        int grownTo = (int) Math.max(needed, size);
        boolean whole = last && length - received == bytes;
        if (!whole) {
            count(grownTo);
        }
        message = Arrays.copyOf(message, grownTo);
    }

    private void count(int bytes) {
        if (bytes < IncomingBudget.LEAST_COUNTED) {
            return;
        }
        if (!budget.take(bytes - counted, counted)) {
            throw new WebSocketViolation(TRY_AGAIN_LATER, "the server holds too much");
        }
        counted = bytes;
    }

    /** Holds nothing any more, and takes nothing. */
    void close() {
        message = EMPTY;
        if (counted > 0) {
            budget.release(counted);
            counted = 0;
        }
    }

    private void endFrame(Receiver receiver) {
        switch (opcode) {
            case CLOSE -> endClose(receiver);
            case PING -> receiver.onPing(control);
            case PONG -> control = EMPTY;
            default -> {
                if (last) {
                    endMessage(receiver);
                }
            }
        }
    }

    private void endMessage(Receiver receiver) {
        boolean isText = messageOpcode == TEXT;
        byte[] whole = compressed ? inflated(isText) : collected();
        refuseText(isText && !text.complete(), "a text message ends inside a character");
        close();
        filled = 0;
        fragments = 0;
        messageOpcode = 0;
        text.reset();
        if (isText) {
            receiver.onTextMessage(whole);
        } else {
            receiver.onBinaryMessage(whole);
        }
    }

    private byte[] collected() {
        return message.length == filled ? message : Arrays.copyOf(message, filled);
    }

    private byte[] inflated(boolean isText) {
        if (codec == null) {
            throw new IllegalStateException("expected no compressed message where compression was not agreed on");
        }
        byte[] whole = codec.inflate(message, filled, maxMessageBytes);
        refuseText(isText && !text.accept(whole, 0, whole.length), "a text message is not UTF-8");
        return whole;
    }

    private static void refuseText(boolean broken, String reason) {
        if (broken) {
            throw new WebSocketViolation(INVALID_TEXT, reason);
        }
    }

    private void endClose(Receiver receiver) {
        byte[] payload = control;
        control = EMPTY;
        if (payload.length == 0) {
            receiver.onCloseFrame(CloseCodes.NONE, "");
            return;
        }
        refuse(payload.length == 1, "a close frame has half a code");
        int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        refuse(!CloseCodes.maySend(code), "a close code that may not be sent");
        Utf8Validator reason = new Utf8Validator();
        refuseText(!reason.accept(payload, 2, payload.length - 2) || !reason.complete(), "a close reason is not UTF-8");
        receiver.onCloseFrame(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    private static void refuse(boolean broken, String reason) {
        if (broken) {
            throw new WebSocketViolation(PROTOCOL_ERROR, reason);
        }
    }

    /** Takes what was parsed. */
    interface Receiver {
        /** Whether to go on. Asked before every step. */
        boolean wantsFrames();

        /** A whole message of valid UTF-8. */
        void onTextMessage(byte[] utf8);

        void onBinaryMessage(byte[] data);

        void onPing(byte[] payload);

        /** A close frame with a code that may be sent, or {@link CloseCodes#NONE}. */
        void onCloseFrame(int code, String reason);
    }
}
