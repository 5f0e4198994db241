// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/** Received arguments: slices of the packet that was checked, bound to a type when asked for. */
final class JsonArgs implements Args {
    private final byte[] array;
    private final int[] spans;
    private final int first;
    private final @Nullable Placeholders placeholders;
    private final List<byte[]> attachments;
    private final JsonMapper mapper;

    /**
     * @param spans where each element starts and ends, alternating
     * @param first the element that is argument 0
     */
    JsonArgs(
            byte[] array,
            int[] spans,
            int first,
            @Nullable Placeholders placeholders,
            List<byte[]> attachments,
            JsonMapper mapper) {
        this.array = array;
        this.spans = spans;
        this.first = first;
        this.placeholders = placeholders;
        this.attachments = attachments;
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
        if (index >= size() || array[start(index)] == 'n') {
            return null;
        }
        int start = start(index);
        if (array[start] == '"' && (type == String.class || type == Object.class)) {
            return type.cast(JsonText.unescape(array, start + 1, end(index) - 1));
        }
        try {
            return read(index, type);
        } catch (JacksonException mismatch) {
            throw ArgumentFault.mismatch(index, type, mismatch);
        } catch (NumberFormatException fault) {
            throw ArgumentFault.outOfRange(index, type, fault);
        } catch (ClassCastException fault) {
            throw ArgumentFault.binaryData(index, type, fault);
        }
    }

    @Override
    public List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>(size());
        for (int index = 0; index < size(); index++) {
            values.add(getNullable(index, Object.class));
        }
        return Collections.unmodifiableList(values);
    }

    /** The attachments of the packet, to which the arguments refer by number. */
    List<byte[]> attachments() {
        return attachments;
    }

    /** At least as many bytes as {@link #writeTo} writes. */
    int bytes() {
        return size() == 0 ? 0 : end(size() - 1) - start(0);
    }

    /** Writes the JSON of all arguments as it came, with commas in between. */
    void writeTo(PacketBuffer buffer) {
        for (int index = 0; index < size(); index++) {
            if (index > 0) {
                buffer.write(',');
            }
            buffer.write(array, start(index), end(index) - start(index));
        }
    }

    @Override
    public String toString() {
        int count = spans.length / 2;
        int start = first < count ? spans[2 * first] : 0;
        int end = first < count ? spans[2 * count - 1] : 0;
        return "Args[" + new String(array, start, end - start, StandardCharsets.UTF_8) + "]";
    }

    private int start(int index) {
        return spans[2 * (first + index)];
    }

    private int end(int index) {
        return spans[2 * (first + index) + 1];
    }

    /*
     * Jackson reads from the bytes, unless there are attachments to put in, or it refuses them. Since the text was
     * checked, it does so only for a property name with half of a surrogate pair, which JavaScript can send.
     */
    private <T> T read(int index, Class<T> type) {
        int start = start(index);
        int end = end(index);
        if (placeholders == null || placeholders.start(placeholders.firstFrom(start)) >= end) {
            try {
                return mapper.readValue(array, start, end - start, type);
            } catch (StreamReadException refusal) {
                return readTokens(start, end, type);
            }
        }
        return readTokens(start, end, type);
    }

    private <T> T readTokens(int start, int end, Class<T> type) {
        try (TokenBuffer tokens = TokenBuffer.forGeneration()) {
            new TokenCopy(array, start, end, placeholders, attachments, tokens).run();
            return mapper.readValue(tokens, type);
        }
    }
}
