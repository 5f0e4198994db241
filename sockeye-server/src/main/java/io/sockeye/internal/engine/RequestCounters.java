// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** How requests for sessions ended since the server was made. Any thread. */
public final class RequestCounters {
    private final LongAdder accepted = new LongAdder();
    private final Map<EngineError, LongAdder> refusedHandshakes = adders();
    private final Map<EngineError, LongAdder> refusedRequests = adders();

    private static Map<EngineError, LongAdder> adders() {
        Map<EngineError, LongAdder> adders = new EnumMap<>(EngineError.class);
        for (EngineError error : EngineError.values()) {
            adders.put(error, new LongAdder());
        }
        return adders;
    }

    private static LongAdder adder(Map<EngineError, LongAdder> adders, EngineError error) {
        return Objects.requireNonNull(adders.get(error), "there is one for each");
    }

    void accepted() {
        accepted.increment();
    }

    void refusedHandshake(EngineError error) {
        adder(refusedHandshakes, error).increment();
    }

    void refusedRequest(EngineError error) {
        adder(refusedRequests, error).increment();
    }

    /** Requests for new sessions by how they ended: {@code accepted}, or the name of the error. */
    public Map<String, LongSupplier> handshakes() {
        Map<String, LongSupplier> results = new LinkedHashMap<>();
        results.put("accepted", accepted::sum);
        results.putAll(byError(refusedHandshakes));
        return results;
    }

    /** Refused requests of a session, or that did not get as far as to ask for one, by the name of the error. */
    public Map<String, LongSupplier> refusedRequests() {
        return byError(refusedRequests);
    }

    private static Map<String, LongSupplier> byError(Map<EngineError, LongAdder> adders) {
        Map<String, LongSupplier> named = new LinkedHashMap<>();
        adders.forEach((error, adder) -> named.put(error.name().toLowerCase(Locale.ROOT), adder::sum));
        return named;
    }
}
