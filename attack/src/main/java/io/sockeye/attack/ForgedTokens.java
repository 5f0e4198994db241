// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Tokens that must not be accepted, as the payloads of a CONNECT. Stateless. */
final class ForgedTokens {
    private static final String CLAIMS = "{\"sub\":\"admin\",\"exp\":4102444800}";

    private ForgedTokens() {}

    static List<String> auths() {
        return List.of(
                "",
                "{}",
                "{\"token\":null}",
                "{\"token\":7}",
                "{\"token\":\"\"}",
                "{\"token\":\"a.b.c\"}",
                "{\"token\":\"" + "a".repeat(100_000) + "\"}",
                "{\"token\":\"" + ".".repeat(10_000) + "\"}",
                token("{\"alg\":\"none\"}", ""),
                token("{\"alg\":\"HS256\"}", "AAAA"),
                token("{\"alg\":\"RS256\",\"kid\":\"../../etc/passwd\"}", "AAAA"),
                token("{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/keys\"}", "AAAA"));
    }

    private static String token(String header, String signature) {
        return "{\"token\":\"" + encoded(header) + "." + encoded(CLAIMS) + "." + signature + "\"}";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
