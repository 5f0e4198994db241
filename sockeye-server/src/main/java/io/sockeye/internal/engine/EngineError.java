// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpResponse;

/** Why a request is not accepted: the codes and messages of the Engine.IO protocol. */
enum EngineError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(400, 5, "Unsupported protocol version"),
    /** Not of the protocol, which has no code for it. */
    SHUTTING_DOWN(503, 4, "Server is shutting down");

    private final int status;
    private final int code;
    private final String message;

    EngineError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** The answer to a polling request. */
    HttpResponse pollingAnswer() {
        return HttpResponse.of(status, "application/json", "{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    /** The answer to a request for a WebSocket. */
    HttpResponse webSocketAnswer() {
        return HttpResponse.of(status, "text/html", message);
    }
}
