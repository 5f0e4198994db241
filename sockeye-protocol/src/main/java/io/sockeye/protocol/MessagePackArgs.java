// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import io.sockeye.protocol.MessagePackCursor.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/** Received arguments in MessagePack: slices of the packet that was checked, bound to a type when asked for. */
final class MessagePackArgs implements Args {
    private final byte[] array;
    private final int[] spans;
    private final int first;
    private final JsonMapper mapper;

    /**
     * @param spans where each element starts and ends, alternating
     * @param first the element that is argument 0
     */
    MessagePackArgs(byte[] array, int[] spans, int first, JsonMapper mapper) {
        this.array = array;
        this.spans = spans;
        this.first = first;
        this.mapper = mapper;
    }

    @Override
    public int size() {
        return Math.max(0, spans.length / 2 - first);
    }

    @Override
    public <T> T get(int index, Class<T> type) {
        T value = getNullable(index, type);
        if (value == null) {
            throw ArgumentFault.missing(index, size(), type);
        }
        return value;
    }

    @Override
    public <T> @Nullable T getNullable(int index, Class<T> type) {
        if (index < 0) {
            throw new IndexOutOfBoundsException(index);
        }
        if (index >= size()) {
            return null;
        }
        MessagePackCursor value = cursor(index);
        Kind kind = value.next();
        if (value.isNull()) {
            return null;
        }
        if (type == String.class && kind == Kind.TEXT) {
            return type.cast(value.text());
        }
        if (type == Object.class) {
            return type.cast(MessagePackValues.read(cursor(index)));
        }
        try (TokenBuffer tokens = TokenBuffer.forGeneration()) {
            MessagePackValues.copy(cursor(index), tokens);
            return mapper.readValue(tokens, type);
        } catch (JacksonException mismatch) {
            throw ArgumentFault.mismatch(index, type, mismatch);
        } catch (NumberFormatException fault) {
            throw ArgumentFault.notFinite(index, type, fault);
        } catch (ClassCastException fault) {
            throw ArgumentFault.binaryData(index, type, fault);
        }
    }

    @Override
    public List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>(size());
        for (int index = 0; index < size(); index++) {
            values.add(MessagePackValues.read(cursor(index)));
        }
        return Collections.unmodifiableList(values);
    }

    /** Writes all arguments as they came into the array that is open. */
    void writeTo(MessagePackGenerator generator) {
        for (int index = 0; index < size(); index++) {
            int start = spans[2 * (first + index)];
            generator.writeEncoded(array, start, spans[2 * (first + index) + 1] - start);
        }
    }

    @Override
    public String toString() {
        return "Args" + values();
    }

    private MessagePackCursor cursor(int index) {
        return new MessagePackCursor(array, spans[2 * (first + index)], spans[2 * (first + index) + 1]);
    }
}
