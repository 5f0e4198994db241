// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.PayloadException;
import io.sockeye.internal.transport.Failures;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a check of the policy came to.
 *
 * @param refusal what the check threw to deny in its own words, if it did
 */
record Verdict(Kind kind, @Nullable RuntimeException refusal) {
    private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);

    private static final Verdict ALLOWED = new Verdict(Kind.ALLOWED, null);
    private static final Verdict DENIED = new Verdict(Kind.DENIED, null);
    private static final Verdict FAILED = new Verdict(Kind.FAILED, null);

    enum Kind {
        ALLOWED,
        DENIED,
        /** Nobody knows whether it is allowed, so it is not. */
        FAILED
    }

    /**
     * The verdict of a check that is over.
     *
     * @param failures logs one that failed
     * @param subject what it was about, for the log
     * @param answer null if there was none
     */
    static Verdict of(Failures failures, Object subject, @Nullable Boolean answer, @Nullable Throwable failure) {
        if (failure != null) {
            return failed(failures, subject, failure);
        }
        if (answer == null) {
            failures.warn(LOG, "a check of the policy answered null for {}, which is denied", subject);
            return FAILED;
        }
        return answer ? ALLOWED : DENIED;
    }

    private static Verdict failed(Failures failures, Object subject, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RequestFailed refused) {
            return new Verdict(Kind.DENIED, refused);
        }
        if (cause instanceof ConnectRefused refused) {
            return new Verdict(Kind.DENIED, refused);
        }
        if (cause instanceof PayloadException invalid) {
            return new Verdict(Kind.DENIED, invalid);
        }
        failures.warn(LOG, "a check of the policy failed for {}, which is denied", subject, cause);
        return FAILED;
    }

    /** The verdict of a check that did not answer in time. */
    static Verdict late(Failures failures, Object subject, long millis) {
        failures.warn(
                LOG, "a check of the policy did not answer within {} ms for {}, which is denied", millis, subject);
        return FAILED;
    }

    boolean allowed() {
        return kind == Kind.ALLOWED;
    }

    boolean failed() {
        return kind == Kind.FAILED;
    }
}
