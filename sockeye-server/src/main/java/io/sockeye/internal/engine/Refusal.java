// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.RefusalReason;
import io.sockeye.guard.ConnectionLimits;
import java.util.HashMap;
import java.util.Map;

/**
 * That a request is not accepted.
 *
 * @param told what the client is told
 * @param context what the user's handler of errors is told besides
 */
record Refusal(EngineError error, String told, Map<String, Object> context) {
    /** A refusal with the message of the protocol, and at most one thing to know about it. */
    static Refusal of(EngineError error, Map<String, Object> context) {
        return new Refusal(error, error.message(), context);
    }

    /** A refusal with code 3, which stands for several faults. */
    static Refusal badRequest(String name, Map<String, Object> context) {
        Map<String, Object> named = new HashMap<>(context);
        named.put("name", name);
        return of(EngineError.BAD_REQUEST, named);
    }

    /** A refusal of one client too many. */
    static Refusal tooMany(RefusalReason reason) {
        return new Refusal(EngineError.TOO_MANY, ConnectionLimits.message(reason), Map.of("reason", reason.label()));
    }

    /** A refusal by the user's check; an empty message stands for that of the protocol. */
    static Refusal byCheck(String message) {
        return message.isEmpty()
                ? of(EngineError.REFUSED, Map.of())
                : new Refusal(EngineError.REFUSED, message, Map.of("message", message));
    }
}
