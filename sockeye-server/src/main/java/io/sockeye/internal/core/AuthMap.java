// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.event.Args;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The auth payload of a CONNECT packet as a map. */
final class AuthMap {
    private AuthMap() {}

    /** The fields of the first argument, in order; empty if it is not an object. */
    static Map<String, @Nullable Object> of(Args auth) {
        Object value = auth.values().get(0);
        if (!(value instanceof Map<?, ?> fields)) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, field) -> copy.put(String.valueOf(name), field));
        return Collections.unmodifiableMap(copy);
    }
}
