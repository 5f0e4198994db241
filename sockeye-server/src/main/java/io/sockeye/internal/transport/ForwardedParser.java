// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code Forwarded} field (RFC 7239, section 4): elements with commas between them, each of them pairs with semicolons
 * between them, whose values are tokens or quoted. Not thread-safe.
 */
final class ForwardedParser {
    private final String text;
    private int at;
    private boolean begun;
    private boolean malformed;
    private String node = "";
    private @Nullable String scheme;

    ForwardedParser(String text) {
        this.text = text;
    }

    /** Goes on to the next element. False if there is none, or if it is malformed. */
    boolean nextElement() {
        skipSpace();
        if (malformed || (begun && at >= text.length())) {
            return false;
        }
        if (begun) {
            at++;
        }
        begun = true;
        node = "";
        scheme = null;
        do {
            pair();
            skipSpace();
        } while (!malformed && take(';'));
        malformed |= at < text.length() && text.charAt(at) != ',';
        return !malformed;
    }

    boolean malformed() {
        return malformed;
    }

    /** The value of {@code for}, empty where there is none. */
    String node() {
        return node;
    }

    /** The value of {@code proto}. */
    @Nullable
    String scheme() {
        return scheme;
    }

    private void pair() {
        skipSpace();
        int start = at;
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at).toLowerCase(Locale.ROOT);
        if (name.isEmpty() || !take('=')) {
            malformed = true;
            return;
        }
        String value = take('"') ? quoted() : token();
        if (name.equals("for")) {
            malformed |= !node.isEmpty() || value.isEmpty();
            node = value.toLowerCase(Locale.ROOT);
        } else if (name.equals("proto")) {
            malformed |= scheme != null;
            scheme = value.toLowerCase(Locale.ROOT);
        }
    }

    /** A token; addresses of IPv6 have to be quoted, those with a port are often not. */
    private String token() {
        int start = at;
        while (at < text.length() && (isToken(text.charAt(at)) || ":[]".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        malformed |= at == start;
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        malformed = true;
        return "";
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isToken(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
