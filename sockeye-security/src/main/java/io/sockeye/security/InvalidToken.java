// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

/** Thrown for a token that does not count. The message is for logs: it says why, and holds nothing of the token. */
public final class InvalidToken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final TokenFault fault;

    InvalidToken(TokenFault fault) {
        this(fault, fault.text());
    }

    /* Without a stack trace: whoever sends forged tokens must not make it cost more than checking them. */
    InvalidToken(TokenFault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    public TokenFault fault() {
        return fault;
    }
}
