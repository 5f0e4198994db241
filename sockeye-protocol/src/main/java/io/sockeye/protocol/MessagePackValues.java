// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

/**
 * MessagePack data that was checked, as Java values or as tokens for Jackson.
 *
 * <p>It recurses: the depth was held against {@link ProtocolLimits#maxDepth}. Of a key that a map has twice the last
 * counts, as in JavaScript.
 */
final class MessagePackValues {
    private MessagePackValues() {}

    /** Takes one value, with dates as {@code Instant}. */
    static @Nullable Object read(MessagePackCursor cursor) {
        return switch (cursor.next()) {
            case NIL, UNDEFINED -> null;
            case BOOLEAN -> cursor.bool();
            case INTEGER -> cursor.integer();
            case FLOAT -> cursor.fraction();
            case TEXT -> cursor.text();
            case BINARY -> cursor.bytes();
            case DATE -> Instant.ofEpochMilli(cursor.number());
            case ARRAY -> readList(cursor);
            case MAP -> readMap(cursor);
        };
    }

    private static List<@Nullable Object> readList(MessagePackCursor cursor) {
        int length = cursor.length();
        List<@Nullable Object> list = new ArrayList<>(length);
        for (int index = 0; index < length; index++) {
            list.add(read(cursor));
        }
        return list;
    }

    private static Map<String, @Nullable Object> readMap(MessagePackCursor cursor) {
        int length = cursor.length();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int index = 0; index < length; index++) {
            cursor.next();
            map.put(cursor.text(), read(cursor));
        }
        return map;
    }

    /** Takes one value and appends it to the tokens, with dates as text like those in JSON. */
    static void copy(MessagePackCursor cursor, TokenBuffer tokens) {
        switch (cursor.next()) {
            case NIL, UNDEFINED -> tokens.writeNull();
            case BOOLEAN -> tokens.writeBoolean(cursor.bool());
            case INTEGER -> copyInteger(cursor, tokens);
            case FLOAT -> tokens.writeNumber(cursor.fraction());
            case TEXT -> tokens.writeString(cursor.text());
            case BINARY -> tokens.writeEmbeddedObject(cursor.bytes());
            case DATE ->
                tokens.writeString(Instant.ofEpochMilli(cursor.number()).toString());
            case ARRAY -> copyArray(cursor, tokens);
            case MAP -> copyMap(cursor, tokens);
        }
    }

    private static void copyInteger(MessagePackCursor cursor, TokenBuffer tokens) {
        long number = cursor.number();
        if (cursor.isBeyondLong()) {
            tokens.writeNumber(cursor.bigInteger());
        } else if (number == (int) number) {
            tokens.writeNumber((int) number);
        } else {
            tokens.writeNumber(number);
        }
    }

    private static void copyArray(MessagePackCursor cursor, TokenBuffer tokens) {
        int length = cursor.length();
        tokens.writeStartArray();
        for (int index = 0; index < length; index++) {
            copy(cursor, tokens);
        }
        tokens.writeEndArray();
    }

    private static void copyMap(MessagePackCursor cursor, TokenBuffer tokens) {
        int length = cursor.length();
        tokens.writeStartObject();
        for (int index = 0; index < length; index++) {
            cursor.next();
            tokens.writeName(cursor.text());
            copy(cursor, tokens);
        }
        tokens.writeEndObject();
    }
}
