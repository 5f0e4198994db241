// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments given as Java values. Reading one is a cast: nothing is converted or unboxed. */
final class ValueArgs implements Args {
    private final List<@Nullable Object> values;

    ValueArgs(@Nullable Object[] values) {
        this.values = Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public <T> T get(int index, Class<T> type) {
        T value = getNullable(index, type);
        if (value == null) {
            throw new PayloadException("Argument " + index + " should be a " + type.getTypeName() + ", but "
                    + (index < values.size() ? "is null" : "there are only " + values.size()));
        }
        return value;
    }

    @Override
    public <T> @Nullable T getNullable(int index, Class<T> type) {
        Object value = index < values.size() ? values.get(index) : null;
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw new PayloadException("Argument " + index + " should be a " + type.getTypeName() + ", but is a "
                    + value.getClass().getTypeName());
        }
        return type.cast(value);
    }

    @Override
    public List<@Nullable Object> values() {
        return values;
    }

    @Override
    public String toString() {
        return "Args" + values;
    }
}
