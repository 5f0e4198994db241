// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link ConnectMiddleware} to refuse a client. The client's {@code connect_error} event gets an error with this
 * message and data. Both are public: put nothing in that the client must not know.
 */
public final class ConnectRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String publicMessage;
    private final transient @Nullable Object data;

    public ConnectRefused(String message) {
        this(message, null);
    }

    /**
     * Refuses with a message and more for the client.
     *
     * @param data any value that can be written as JSON; absent from the packet when null
     */
    public ConnectRefused(String message, @Nullable Object data) {
        super(message);
        this.publicMessage = message;
        this.data = data;
    }

    /** What the client is told. */
    public String publicMessage() {
        return publicMessage;
    }

    /** More for the client, or null. */
    public @Nullable Object data() {
        return data;
    }
}
