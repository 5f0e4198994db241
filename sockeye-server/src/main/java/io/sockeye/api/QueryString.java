// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query of a request target that is known to be well-formed. */
final class QueryString {
    private QueryString() {}

    /** Parameters by name, decoded, in order. */
    static Map<String, List<String>> decode(String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int start = mark + 1;
        while (start < target.length()) {
            int next = target.indexOf('&', start);
            int end = next < 0 ? target.length() : next;
            if (end > start) {
                add(parameters, target, start, end);
            }
            start = end + 1;
        }
        return parameters;
    }

    private static void add(Map<String, List<String>> parameters, String target, int start, int end) {
        int nameEnd = start;
        while (nameEnd < end && target.charAt(nameEnd) != '=') {
            nameEnd++;
        }
        String value = nameEnd == end ? "" : text(target.substring(nameEnd + 1, end));
        parameters
                .computeIfAbsent(text(target.substring(start, nameEnd)), first -> new ArrayList<>(1))
                .add(value);
    }

    private static String text(String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
            return encoded;
        }
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
