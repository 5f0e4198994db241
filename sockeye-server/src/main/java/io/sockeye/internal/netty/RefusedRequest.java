// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

/** A request that is answered with an error status and ends its connection. Has no stack trace: clients cause it at will. */
final class RefusedRequest extends RuntimeException {
    private final int status;

    RefusedRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
