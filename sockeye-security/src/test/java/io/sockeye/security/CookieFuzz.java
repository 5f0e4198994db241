// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.sockeye.api.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cookies of a client, of which one has its token: a line of the input is a header field. */
public final class CookieFuzz {
    private static final String BLANKS = "[\\x00-\\x20]*";
    private static final Pattern PAIR = Pattern.compile("(?:^|;)" + BLANKS + "token" + BLANKS + "=([^;]*)");
    private static final TokenSource COOKIE = TokenSource.cookie("token");

    private CookieFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        List<String> fields = List.of(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
        String found = find(fields);
        require(Objects.equals(found, expected(fields)), "the first pair of the name counts");
        List<String> afterAnother = new ArrayList<>(fields);
        afterAnother.add(0, "token=first");
        require("first".equals(find(afterAnother)), "what stands behind a pair does not change it");
        List<String> beforeAnother = new ArrayList<>(fields);
        beforeAnother.add("token=last");
        require(found == null || found.equals(find(beforeAnother)), "a later pair is not looked at");
    }

    private static @Nullable String find(List<String> fields) {
        List<String> headers = new ArrayList<>();
        for (String field : fields) {
            headers.add("cookie");
            headers.add(field.replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", ""));
        }
        return COOKIE.find(new TokenSource.Introduction(
                Headers.of(headers.toArray(String[]::new)), parameter -> null, field -> null));
    }

    private static @Nullable String expected(List<String> fields) {
        for (String field : fields) {
            Matcher pair = PAIR.matcher(field.replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", ""));
            if (pair.find()) {
                String value = pair.group(1).trim();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                String token = quoted ? value.substring(1, value.length() - 1) : value;
                return token.isBlank() ? null : token.trim();
            }
        }
        return null;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
