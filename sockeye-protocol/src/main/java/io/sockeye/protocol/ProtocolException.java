// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.io.Serial;

/** The refusal of received bytes. It carries no stack trace: the fault is the peer's, and peers may cause many. */
public final class ProtocolException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ProtocolError error;

    public ProtocolException(ProtocolError error) {
        super(error.reason(), null, false, false);
        this.error = error;
    }

    public ProtocolError error() {
        return error;
    }
}
