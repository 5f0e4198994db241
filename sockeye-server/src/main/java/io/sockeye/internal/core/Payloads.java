// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.InvalidPayloadHandler;
import io.sockeye.api.PayloadValidator;
import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The payloads of a socket's events, bound and validated, and what is said of those that are refused. Any thread. */
final class Payloads {
    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);

    private Payloads() {}

    /**
     * The payload that came.
     *
     * @throws PayloadException if it does not fit the type, or if the validator refuses it
     */
    static <T> T bind(SocketImpl socket, String event, Args args, Class<T> type) {
        PayloadValidator validator = socket.dispatch().validator();
        if (validator == null) {
            return Arguments.bind(args, type);
        }
        validator.checkArguments(event, args);
        T payload = Arguments.bind(args, type);
        return type == Void.class || type == Args.class ? payload : validator.checkPayload(event, type, payload);
    }

    /** Tells who wants to know of a payload that was refused. */
    static void refused(SocketImpl socket, String event, PayloadException invalid) {
        LOG.debug("event \"{}\" of {} has an invalid payload: {}", event, socket, invalid.problems());
        for (InvalidPayloadHandler handler : socket.dispatch().invalidPayloadHandlers()) {
            try {
                handler.handle(socket, event, invalid.problems());
            } catch (Throwable e) {
                socket.dispatch().failures().warn(LOG, "a handler of invalid payloads failed for {}", socket, e);
            }
        }
    }
}
