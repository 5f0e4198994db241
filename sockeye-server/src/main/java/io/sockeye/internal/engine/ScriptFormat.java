// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpResponse;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Payloads for browsers that can only load scripts and post forms (JSONP): an answer is a call of a function with the payload as
 * a string, a POST has it in the form field {@code d}.
 */
final class ScriptFormat implements PollingFormat {
    private static final Headers SCRIPT =
            Headers.of("content-type", "text/javascript; charset=UTF-8", "cache-control", "no-store");

    private final PayloadFormat payloads;
    private final String index;

    /** @param index digits only */
    ScriptFormat(PayloadFormat payloads, String index) {
        this.payloads = payloads;
        this.index = index;
    }

    @Override
    public int size(EncodedPacket packet) {
        return payloads.size(packet);
    }

    @Override
    public HttpResponse answer(List<EncodedPacket> packets) {
        byte[] payload = payloads.encodeText(packets);
        ByteArrayOutputStream script = new ByteArrayOutputStream(payload.length + payload.length / 8 + 32);
        script.writeBytes(ascii("___eio[" + index + "]("));
        quote(payload, script);
        script.writeBytes(ascii(");"));
        return new HttpResponse(200, SCRIPT, script.toByteArray());
    }

    @Override
    public boolean takesBytes() {
        return payloads.takesBytes();
    }

    /* A form without the field, or with several, says nothing. */
    @Override
    public List<EnginePacket> decode(byte[] body, boolean bytes) {
        List<byte[]> fields = FormBody.values(body, "d");
        return fields.size() == 1 ? payloads.decode(withLineBreaks(fields.get(0)), false) : List.of();
    }

    /** Writes UTF-8 as a string of JavaScript, in which two characters are line ends that are none in JSON. */
    static void quote(byte[] utf8, ByteArrayOutputStream out) {
        out.write('"');
        for (int i = 0; i < utf8.length; i++) {
            if (isLineEnd(utf8, i)) {
                out.writeBytes(ascii(utf8[i + 2] == (byte) 0xa8 ? "\\u2028" : "\\u2029"));
                i += 2;
            } else {
                put(utf8[i], out);
            }
        }
        out.write('"');
    }

    /** Whether U+2028 or U+2029 is at a place. */
    private static boolean isLineEnd(byte[] utf8, int i) {
        return utf8[i] == (byte) 0xe2
                && i + 2 < utf8.length
                && utf8[i + 1] == (byte) 0x80
                && (utf8[i + 2] == (byte) 0xa8 || utf8[i + 2] == (byte) 0xa9);
    }

    private static void put(byte value, ByteArrayOutputStream out) {
        switch (value) {
            case '"', '\\' -> {
                out.write('\\');
                out.write(value);
            }
            case '\n' -> out.writeBytes(ascii("\\n"));
            case '\r' -> out.writeBytes(ascii("\\r"));
            case '\t' -> out.writeBytes(ascii("\\t"));
            case '\b' -> out.writeBytes(ascii("\\b"));
            case '\f' -> out.writeBytes(ascii("\\f"));
            default -> {
                if (value >= 0 && value < ' ') {
                    out.writeBytes(ascii(String.format("\\u%04x", (int) value)));
                } else {
                    out.write(value);
                }
            }
        }
    }

    /**
     * Forms change line breaks, so the client sends a backslash and an n for each, and one backslash more where it means the two
     * characters.
     */
    static byte[] withLineBreaks(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int backslashes = 0;
        for (byte value : text) {
            if (value == '\\') {
                backslashes++;
                continue;
            }
            boolean escape = value == 'n' && backslashes > 0;
            for (int i = escape ? 1 : 0; i < backslashes; i++) {
                out.write('\\');
            }
            out.write(escape && backslashes == 1 ? '\n' : value);
            backslashes = 0;
        }
        for (int i = 0; i < backslashes; i++) {
            out.write('\\');
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
