// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origins of all names below one name.
 *
 * @param prefix the scheme with what follows it
 * @param suffix the name with a dot in front, and the port if there is one
 */
record OriginPattern(String prefix, String suffix) {
    private static final Pattern WRITTEN =
            Pattern.compile("([a-z][a-z0-9+.-]*://)\\*((?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?){2,}(?::\\d{1,5})?)");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?");

    static OriginPattern of(String text) {
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "expected a star in place of the first label only, and two labels behind it, such as"
                            + " https://*.chat.example, in lower case and without a path, got " + text);
        }
        return new OriginPattern(parts.group(1), parts.group(2));
    }

    boolean matches(String origin) {
        int start = prefix.length();
        int end = origin.length() - suffix.length();
        return end > start
                && origin.startsWith(prefix)
                && origin.endsWith(suffix)
                && SUBDOMAIN.matcher(origin).region(start, end).matches();
    }
}
