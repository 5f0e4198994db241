// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;

/**
 * Checks what clients send, before a handler sees it. Any thread, several at once, the event loop for {@code nonBlocking}
 * handlers: it must not block. Given to {@link Namespace#validator}.
 *
 * <p>What it refuses is answered {@code {status: "error", message: "Invalid message format"}}, if the client asked for an
 * acknowledgement, and told to {@link Namespace#onInvalid}.
 */
public interface PayloadValidator {
    /**
     * Looks at the arguments as they came. Default: takes all.
     *
     * @throws PayloadException to refuse them; its problems say why
     */
    default void checkArguments(String event, Args args) {}

    /**
     * Looks at the payload, bound to the type of the handler. Not asked for payloads of {@link Args} and of {@code Void}. Default:
     * takes all.
     *
     * @param type what the handler takes
     * @return what the handler gets: the payload, or another of its type in its place
     * @throws PayloadException to refuse it; its problems say why
     */
    default <T> T checkPayload(String event, Class<T> type, T payload) {
        return payload;
    }
}
