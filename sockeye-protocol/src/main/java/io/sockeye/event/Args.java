// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one event or acknowledgement, in order.
 *
 * <p>Received arguments are kept as they came and are turned into Java values when asked for, each time anew. Arguments
 * to send are made by {@link #of}. Either kind can be sent, alone in the place of the arguments. Instances are
 * immutable as long as nobody changes the values inside, and may be used from any thread.
 */
public interface Args {
    /** The number of arguments. */
    int size();

    /**
     * Reads one argument.
     *
     * <p>Received JSON is bound leniently in structure, strictly in kind: properties that the type does not know are
     * ignored, absent ones are null, but text is no number and a fraction is no integer. Binary data is read as
     * {@code byte[]}.
     *
     * @param index the position, from 0
     * @throws PayloadException if there is no such argument, if it is null, or if it does not fit the type
     */
    <T> T get(int index, Class<T> type);

    /**
     * Reads one argument that may be null, or absent.
     *
     * @param index the position, from 0
     * @return null if the argument is null or if there are not so many
     * @throws PayloadException if the argument does not fit the type
     */
    <T> @Nullable T getNullable(int index, Class<T> type);

    /**
     * All arguments as plain Java values.
     *
     * <p>Received ones consist of {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Boolean},
     * null, {@code byte[]} for binary data, and for numbers the first of {@code Integer}, {@code Long},
     * {@code BigInteger} that holds an integer, {@code Double} otherwise.
     *
     * @throws PayloadException if the arguments cannot be represented
     */
    List<@Nullable Object> values();

    /** Makes arguments to be sent. The values are written when the event is. */
    static Args of(@Nullable Object... values) {
        return new ValueArgs(values);
    }
}
