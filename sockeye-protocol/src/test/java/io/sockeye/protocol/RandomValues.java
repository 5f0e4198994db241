// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Arguments made by chance: what JavaScript can hold too, with the text that usually breaks parsers. */
final class RandomValues {
    private static final List<String> PIECES = List.of(
            "a",
            "key",
            "\"",
            "\\",
            "/",
            ",",
            "{",
            "]",
            "\n",
            "\u0000",
            "\u001f",
            "\u007f",
            "é",
            "\u2028",
            "漢",
            "😀",
            "\ud800",
            "\udfff",
            "_placeholder",
            "num",
            "true",
            "0",
            " ",
            "12345678");

    private final SplittableRandom random;
    private final boolean binary;
    private final boolean wellFormed;

    RandomValues(SplittableRandom random, boolean binary) {
        this(random, binary, false);
    }

    private RandomValues(SplittableRandom random, boolean binary, boolean wellFormed) {
        this.random = random;
        this.binary = binary;
        this.wellFormed = wellFormed;
    }

    /** Arguments whose text every encoding of Unicode can hold: without surrogates that have no partner. */
    static RandomValues wellFormed(SplittableRandom random) {
        return new RandomValues(random, true, true);
    }

    @Nullable
    Object[] arguments() {
        @Nullable Object[] arguments = new @Nullable Object[random.nextInt(4)];
        for (int index = 0; index < arguments.length; index++) {
            arguments[index] = value(3);
        }
        return arguments;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(5); count > 0; count--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return wellFormed ? JsonText.wellFormed(text.toString()) : text.toString();
    }

    byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> null;
            case 1 -> random.nextInt(2) == 0;
            case 2 -> random.nextInt();
            case 3 -> random.nextLong(1L << 53);
            case 4 -> random.nextDouble() * Math.pow(10, random.nextInt(-30, 30));
            case 5 -> binary ? bytes() : text();
            case 6 -> text();
            case 7, 8 -> list(depth);
            default -> map(depth);
        };
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            list.add(value(depth - 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            map.put("k" + text().replaceAll("[\\ud800-\\udfff]", ""), value(depth - 1));
        }
        return map;
    }
}
