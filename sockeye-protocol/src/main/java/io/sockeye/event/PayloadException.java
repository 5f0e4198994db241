// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The refusal of a value that cannot be read as, or written from, the type that was asked for.
 *
 * <p>The message names the place, the type that was expected and what was found. It is for the log: it can quote what
 * a client sent and names of Java classes, so it is never sent to a client. {@link #problems} are without what a client sent.
 */
public final class PayloadException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<PayloadProblem> problems;

    public PayloadException(String message) {
        this(message, List.of());
    }

    public PayloadException(String message, @Nullable Throwable cause) {
        this(message, cause, List.of());
    }

    public PayloadException(String message, List<PayloadProblem> problems) {
        this(message, null, problems);
    }

    public PayloadException(String message, @Nullable Throwable cause, List<PayloadProblem> problems) {
        super(message, cause);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, and where, as far as it is known; without what the client sent. */
    public List<PayloadProblem> problems() {
        return problems;
    }
}
