// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * The answer of a handler that has nothing to say but that it was done: {@code {"status":"success"}}. It is the counterpart of what
 * {@link RequestFailed} and {@link RateLimits} answer.
 *
 * @param status what the client reads
 */
public record Status(String status) {
    private static final Status SUCCESS = new Status("success");

    /** {@code {"status":"success"}}. */
    public static Status success() {
        return SUCCESS;
    }
}
