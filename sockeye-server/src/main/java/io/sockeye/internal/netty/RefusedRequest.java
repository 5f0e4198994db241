// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.api.RefusalReason;

/** A request that is answered with an error status and ends its connection. Has no stack trace: clients cause it at will. */
final class RefusedRequest extends RuntimeException {
    private final int status;
    private final RefusalReason reason;

    RefusedRequest(int status, String message) {
        this(status, message, reasonOf(status));
    }

    RefusedRequest(int status, String message, RefusalReason reason) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    private static RefusalReason reasonOf(int status) {
        return switch (status) {
            case 408 -> RefusalReason.TIMEOUT;
            case 414, 431 -> RefusalReason.REQUEST_LIMIT;
            default -> RefusalReason.MALFORMED;
        };
    }

    RefusalReason reason() {
        return reason;
    }

    int status() {
        return status;
    }
}
