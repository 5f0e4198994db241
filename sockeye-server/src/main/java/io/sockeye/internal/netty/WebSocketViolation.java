// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

/** A breach of RFC 6455 or of a limit by the peer. Has no stack trace: clients cause it at will. */
final class WebSocketViolation extends RuntimeException {
    private final int code;
    private final String reason;

    /**
     * @param code the close code to send
     * @param reason what is told to the peer, ASCII and at most 123 characters
     */
    WebSocketViolation(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
