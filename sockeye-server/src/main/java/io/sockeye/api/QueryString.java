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
        for (String part : target.substring(mark + 1).split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters
                        .computeIfAbsent(text(name), first -> new ArrayList<>(1))
                        .add(text(value));
            }
        }
        return parameters;
    }

    private static String text(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
