// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One extension that a client offers in {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1).
 *
 * @param name as it came
 * @param parameters in order, repeated ones included
 */
record ExtensionOffer(String name, List<Parameter> parameters) {
    /**
     * A parameter of an offer.
     *
     * @param value null where there is none; without the quotes where there were some
     */
    record Parameter(String name, @Nullable String value) {}

    /** The offers of one header field, best first; none if the field does not follow the grammar. */
    static List<ExtensionOffer> parse(String field) {
        Reader reader = new Reader(field);
        List<ExtensionOffer> offers = new ArrayList<>(2);
        do {
            ExtensionOffer offer = reader.offer();
            if (offer == null) {
                return List.of();
            }
            offers.add(offer);
        } while (reader.skip(','));
        return reader.atEnd() ? offers : List.of();
    }

    /** Looks at every character once. Where the grammar is broken, its methods return null and it is of no use afterwards. */
    private static final class Reader {
        private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        ExtensionOffer offer() {
            String name = token();
            if (name == null) {
                return null;
            }
            List<Parameter> parameters = new ArrayList<>(2);
            while (skip(';')) {
                Parameter parameter = parameter();
                if (parameter == null) {
                    return null;
                }
                parameters.add(parameter);
            }
            return new ExtensionOffer(name, parameters);
        }

        private @Nullable Parameter parameter() {
            String name = token();
            if (name == null) {
                return null;
            }
            if (!skip('=')) {
                return new Parameter(name, null);
            }
            String value = skip('"') ? quoted() : token();
            return value == null ? null : new Parameter(name, value);
        }

        private @Nullable String token() {
            skipBlanks();
            int start = position;
            while (position < text.length() && isToken(text.charAt(position))) {
                position++;
            }
            return position == start ? null : text.substring(start, position);
        }

        /** The rest of a quoted string, which must hold a token. */
        private @Nullable String quoted() {
            StringBuilder value = new StringBuilder();
            while (position < text.length()) {
                char c = text.charAt(position++);
                if (c == '"') {
                    return value.isEmpty() ? null : value.toString();
                }
                if (c == '\\' && position < text.length()) {
                    c = text.charAt(position++);
                }
                if (!isToken(c)) {
                    return null;
                }
                value.append(c);
            }
            return null;
        }

        boolean skip(char wanted) {
            skipBlanks();
            if (position < text.length() && text.charAt(position) == wanted) {
                position++;
                return true;
            }
            return false;
        }

        boolean atEnd() {
            skipBlanks();
            return position == text.length();
        }

        private void skipBlanks() {
            while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
                position++;
            }
        }

        private static boolean isToken(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || TOKEN_SIGNS.indexOf(c) >= 0;
        }
    }
}
