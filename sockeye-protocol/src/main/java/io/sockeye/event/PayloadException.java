// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The refusal of a value that cannot be read as, or written from, the type that was asked for.
 *
 * <p>The message names the place, the type that was expected and what was found. It is for the log: it can quote what
 * a client sent and names of Java classes, so it is never sent to a client.
 */
public final class PayloadException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PayloadException(String message) {
        super(message);
    }

    public PayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
