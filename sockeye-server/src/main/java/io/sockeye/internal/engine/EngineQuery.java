// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the query of a request says to Engine.IO. Immutable. */
final class EngineQuery {
    private final Map<String, List<String>> parameters;

    private EngineQuery(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    static EngineQuery of(HttpRequest request) {
        return new EngineQuery(request.query());
    }

    /** The transport that it names, or null if that is none. */
    @Nullable
    TransportName transport() {
        List<String> values = values("transport");
        return values.size() == 1 ? TransportName.of(values.get(0)).orElse(null) : null;
    }

    /** The session that it names, or null for a new one. */
    @Nullable
    String session() {
        List<String> values = values("sid");
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }

    /** The version of the protocol, or null if it is not known. Clients of version 3 need not name theirs. */
    @Nullable
    EngineVersion version() {
        List<String> values = values("EIO");
        if (values.isEmpty() || values.equals(List.of("3"))) {
            return EngineVersion.V3;
        }
        return values.equals(List.of("4")) ? EngineVersion.V4 : null;
    }

    /** Whether the client takes binary data as base64 only. */
    boolean base64() {
        List<String> values = values("b64");
        return !values.isEmpty() && !values.get(0).isEmpty();
    }

    /**
     * The index of the function that a script calls with the answer, or null if the client asks for no script. Digits only,
     * whatever the client sent: it becomes a part of the script.
     */
    @Nullable
    String scriptIndex() {
        List<String> values = values("j");
        return values.isEmpty() ? null : values.get(values.size() - 1).replaceAll("[^0-9]", "");
    }

    private List<String> values(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
