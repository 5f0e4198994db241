// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** A form with a payload, as a client sends it that can load scripts only, and a payload as a string of a script. */
public final class FormBodyFuzz {
    private static final ScriptFormat SCRIPTS = new ScriptFormat(PayloadFormat.V4, "0");

    private FormBodyFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        for (byte[] value : FormBody.values(input, "d")) {
            require(value.length <= input.length, "decoding makes nothing longer");
        }
        try {
            List<EnginePacket> packets = SCRIPTS.decode(input, false);
            require(packets.size() <= input.length, "there are no more packets than bytes");
        } catch (ProtocolException refusal) {
            require(
                    refusal.getMessage().equals(refusal.error().reason()),
                    "a refusal says its reason and nothing else");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ScriptFormat.quote(input, out);
        requireOneString(out.toByteArray());
    }

    /** Nothing in it ends the string early, and no line does. */
    private static void requireOneString(byte[] quoted) {
        int last = quoted.length - 1;
        require(quoted[0] == '"' && quoted[last] == '"', "a string is in quotation marks");
        for (int i = 1; i < last; i++) {
            require(quoted[i] < 0 || quoted[i] >= ' ', "a string has no control characters");
            require(quoted[i] != '"', "a string ends at its end");
            i += quoted[i] == '\\' ? 1 : 0;
            require(i < last, "a string does not escape its end");
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
