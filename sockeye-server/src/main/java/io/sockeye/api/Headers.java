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
public final class Headers {
    private static final Headers EMPTY = new Headers(new String[0]);

    /** Names at even, values at odd positions: one object for a whole request. */
    private final String[] pairs;

    private Headers(String[] pairs) {
        this.pairs = pairs;
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
        String[] copy = namesAndValues.clone();
        for (int i = 0; i < copy.length; i += 2) {
            copy[i] = copy[i].toLowerCase(Locale.ROOT);
            refuseControlCharacters(copy[i]);
            refuseControlCharacters(copy[i + 1]);
        }
        return new Headers(copy);
    }

    private static void refuseControlCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new IllegalArgumentException("a header must not hold control characters, found code " + (int) c);
            }
        }
    }

    /** The first value of a field, or null where the field is absent. The name's case does not matter. */
    public @Nullable String first(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /** All values of a field, in order; empty where the field is absent. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        forEach((field, value) -> {
            if (field.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values;
    }

    /** Calls the consumer with each name and value, in order. */
    public void forEach(BiConsumer<String, String> consumer) {
        for (int i = 0; i < pairs.length; i += 2) {
            consumer.accept(pairs[i], pairs[i + 1]);
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
        if (more.pairs.length == 0) {
            return this;
        }
        String[] joined = new String[pairs.length + more.pairs.length];
        System.arraycopy(pairs, 0, joined, 0, pairs.length);
        System.arraycopy(more.pairs, 0, joined, pairs.length, more.pairs.length);
        return new Headers(joined);
    }

    /** Names only: values may hold credentials. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, value) -> names.add(name));
        return "Headers" + names;
    }
}
