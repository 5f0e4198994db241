// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** What the future of {@link Socket#request} fails with when the client did not acknowledge within the deadline. */
public final class RequestTimeout extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RequestTimeout(String message) {
        super(message);
    }
}
