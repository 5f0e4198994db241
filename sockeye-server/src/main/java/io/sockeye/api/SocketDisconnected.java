// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** What the future of {@link Socket#request} fails with when the client went away before it acknowledged. */
public final class SocketDisconnected extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SocketDisconnected(String message) {
        super(message);
    }
}
