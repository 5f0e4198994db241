// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The header fields of one HTTP request or response, in the order they came. Names are lower-case. Immutable. */
/* One string holds them all, since those of a handshake are kept as long as its client is connected. Neither names nor values
 * can hold a line break, so it can stand between them.
 */
public final class Headers {
    private static final char SEPARATOR = '\n';
    private static final Headers EMPTY = new Headers("");

    /** Name, separator, value, separator, and so on. */
    private final String fields;

    private Headers(String fields) {
        this.fields = fields;
    }

    /**
     * Headers from alternating names and values.
     *
     * @throws IllegalArgumentException if a name has no value, or a name or value has a line break or another control
     *     character
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "expected alternating names and values, got an odd number of strings: " + namesAndValues.length);
        }
        if (namesAndValues.length == 0) {
            return EMPTY;
        }
        int length = 0;
        for (String text : namesAndValues) {
            length += text.length() + 1;
        }
        StringBuilder fields = new StringBuilder(length);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            append(fields, namesAndValues[i].toLowerCase(Locale.ROOT));
            append(fields, namesAndValues[i + 1]);
        }
        return new Headers(fields.toString());
    }

    private static void append(StringBuilder fields, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new IllegalArgumentException("a header must not hold control characters, found code " + (int) c);
            }
        }
        fields.append(text).append(SEPARATOR);
    }

    /** Whether there are no fields. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The first value of a field, or null where the field is absent. The name's case does not matter. */
    public @Nullable String first(String name) {
        int value = valueOf(name, 0);
        return value < 0 ? null : fields.substring(value, fields.indexOf(SEPARATOR, value));
    }

    /** All values of a field, in order; empty where the field is absent. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        int value = valueOf(name, 0);
        while (value >= 0) {
            int end = fields.indexOf(SEPARATOR, value);
            values.add(fields.substring(value, end));
            value = valueOf(name, end + 1);
        }
        return values;
    }

    /** Where the next value of a field begins, or -1. */
    private int valueOf(String name, int from) {
        int start = from;
        while (start < fields.length()) {
            int nameEnd = fields.indexOf(SEPARATOR, start);
            if (nameEnd - start == name.length() && fields.regionMatches(true, start, name, 0, name.length())) {
                return nameEnd + 1;
            }
            start = fields.indexOf(SEPARATOR, nameEnd + 1) + 1;
        }
        return -1;
    }

    /** Calls the consumer with each name and value, in order. */
    public void forEach(BiConsumer<String, String> consumer) {
        int start = 0;
        while (start < fields.length()) {
            int nameEnd = fields.indexOf(SEPARATOR, start);
            int valueEnd = fields.indexOf(SEPARATOR, nameEnd + 1);
            consumer.accept(fields.substring(start, nameEnd), fields.substring(nameEnd + 1, valueEnd));
            start = valueEnd + 1;
        }
    }

    /** Name to value; several values of one name are joined with a comma and a blank. */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        forEach((name, value) -> map.merge(name, value, (first, second) -> first + ", " + second));
        return map;
    }

    /** These fields and the given ones behind them. */
    public Headers plus(Headers more) {
        return more.fields.isEmpty() ? this : new Headers(fields + more.fields);
    }

    /** Names only: values may hold credentials. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, value) -> names.add(name));
        return "Headers" + names;
    }
}
