// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/** What came from a server: an HTTP answer, and behind a 101 frames. One thread only. */
final class Incoming {
    private static final int LARGEST = 1 << 24;

    private byte[] bytes = new byte[0];
    private boolean headRead;
    private boolean webSocket;
    private boolean ended;
    private boolean answerWanted;
    private Predicate<String> wanted = text -> false;
    private String found = "";
    private String verdict = "";
    private boolean closed;

    void want(Predicate<String> condition) {
        wanted = condition;
        found = "";
        answerWanted = false;
        parse();
    }

    void wantAnswer() {
        answerWanted = true;
        parse();
    }

    void add(ByteBuffer more) {
        int length = bytes.length;
        if (more.hasRemaining() && length < LARGEST) {
            int count = more.remaining();
            bytes = Arrays.copyOf(bytes, length + count);
            more.get(bytes, length, count);
            parse();
        }
    }

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** Whether there is nothing to wait for. */
    boolean done() {
        return ended || closed || !found.isEmpty() || (answerWanted && headRead);
    }

    String found() {
        return found;
    }

    /** What came behind the head of an HTTP answer. */
    String rest() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String verdict() {
        if (!verdict.isEmpty() && (!webSocket || closed || answerWanted)) {
            return verdict;
        }
        return ended ? "disconnected" : "nothing";
    }

    private void parse() {
        if (!headRead) {
            parseHead();
        }
        boolean more = webSocket;
        while (more && found.isEmpty() && !closed) {
            more = parseFrame();
        }
    }

    private void parseHead() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end >= 0) {
            headRead = true;
            verdict = "HTTP " + text.split(" ", 3)[1];
            webSocket = verdict.equals("HTTP 101");
            consume(end + 4);
        }
    }

    private boolean parseFrame() {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xff;
        int length = bytes[1] & 0x7f;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (bytes.length < head) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long payload = head == 2 ? length : head == 4 ? buffer.getShort(2) & 0xffff : buffer.getLong(2);
        if (bytes.length < head + payload) {
            return false;
        }
        take(first & 0x0f, Arrays.copyOfRange(bytes, head, head + (int) payload));
        consume(head + (int) payload);
        return true;
    }

    private void take(int opcode, byte[] payload) {
        if (opcode == Frames.CLOSE) {
            closed = true;
            verdict = payload.length < 2
                    ? "close"
                    : "close " + (ByteBuffer.wrap(payload).getShort() & 0xffff);
        } else if (opcode == Frames.TEXT) {
            String text = new String(payload, StandardCharsets.UTF_8);
            if (wanted.test(text)) {
                found = text;
            }
        }
    }

    private void consume(int count) {
        bytes = Arrays.copyOfRange(bytes, count, bytes.length);
    }
}
