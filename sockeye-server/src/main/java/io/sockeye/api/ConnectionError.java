// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.Map;

/**
 * A request that was refused, and why.
 *
 * @param request its head
 * @param code 0 for an unknown transport, 1 for an unknown session, 2 for a method that opens no session, 3 for other faults of
 *     the request, 4 for a client that may not come, 5 for a version of the protocol that is not served
 * @param message what is known of the code, such as {@code Session ID unknown}
 * @param context more for the log, none of it sent to the client: {@code transport}, {@code sid}, {@code method},
 *     {@code protocol} or {@code message}; with code 3 a {@code name} ({@code TRANSPORT_HANDSHAKE_ERROR},
 *     {@code TRANSPORT_MISMATCH}, {@code PROTOCOL_MISMATCH}, {@code INVALID_ORIGIN}, {@code MIDDLEWARE_FAILURE},
 *     {@code ID_GENERATION_ERROR}) and what belongs to it
 */
public record ConnectionError(HttpRequest request, int code, String message, Map<String, Object> context) {
    public ConnectionError {
        context = Map.copyOf(context);
    }
}
