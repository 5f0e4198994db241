// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.AnyHandler;
import io.sockeye.api.ConnectHandler;
import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.DisconnectHandler;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.EventMiddleware;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.PayloadException;
import io.sockeye.protocol.Packet;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the user's code of one namespace and contains what it throws: one failing handler ends nothing but its own event. */
public final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    static final String NEUTRAL_REFUSAL = "Connection refused";

    private final HandlerTable handlers;

    /** Whether some events are handled on the loop. Set when the handlers are frozen. */
    private volatile boolean mixed;

    Dispatch(HandlerTable handlers) {
        this.handlers = handlers;
    }

    /** No handler can be added any more. */
    void freeze() {
        handlers.freeze();
        mixed = handlers.anyRunsOnLoop();
    }

    /** Whether some events are handled on the loop and others are not. */
    boolean mixed() {
        return mixed;
    }

    // Connect and disconnect

    /** Whether there is user code to ask before a client may come in. */
    public boolean checksConnect() {
        return !handlers.connectMiddleware().isEmpty();
    }

    /**
     * Asks the connect middleware. Handler thread.
     *
     * @throws ConnectRefused if one refuses, with what the client may know
     */
    public void checkConnect(HandshakeImpl handshake) {
        try {
            for (ConnectMiddleware middleware : handlers.connectMiddleware()) {
                middleware.handle(handshake);
            }
        } catch (ConnectRefused e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn("connect middleware of {} failed; the client is refused", handshake.namespace(), e);
            throw new ConnectRefused(NEUTRAL_REFUSAL);
        }
    }

    boolean greets() {
        return !handlers.connectHandlers().isEmpty();
    }

    boolean saysGoodbye() {
        return !handlers.disconnectHandlers().isEmpty();
    }

    void connected(SocketImpl socket) {
        for (ConnectHandler handler : handlers.connectHandlers()) {
            try {
                handler.handle(socket);
            } catch (Throwable e) {
                LOG.warn("connect handler failed for {}", socket, e);
            }
        }
    }

    void disconnected(SocketImpl socket, DisconnectReason reason) {
        for (DisconnectHandler handler : handlers.disconnectHandlers()) {
            try {
                handler.handle(socket, reason);
            } catch (Throwable e) {
                LOG.warn("disconnect handler failed for {}", socket, e);
            }
        }
    }

    // Events

    boolean runsOnLoop(String event) {
        return handlers.runsOnLoop(handlers.event(event));
    }

    /** Handles one event, from the middleware to the acknowledgement. */
    void handle(SocketImpl socket, Packet.Event event) {
        if (socket.endedByServer()) {
            return;
        }
        Reply reply = new Reply(socket, event.ackId());
        try {
            for (EventMiddleware middleware : handlers.eventMiddleware()) {
                middleware.handle(socket, event.name(), event.args());
            }
            for (AnyHandler handler : handlers.anyHandlers()) {
                handler.handle(socket, event.name(), event.args());
            }
            EventBinding binding = handlers.event(event.name());
            if (binding == null) {
                LOG.debug("no handler for event \"{}\" of {}", event.name(), socket);
            } else {
                binding.call().handle(socket, event.args(), reply);
            }
        } catch (Throwable e) {
            answerFailure(socket, e, reply);
        }
    }

    void answerFailure(SocketImpl socket, Throwable failure, Reply reply) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RequestFailed refused) {
            reply.refuse(refused.publicMessage());
        } else if (cause instanceof PayloadException) {
            LOG.debug("an event of {} has a payload of another shape than its handler takes", socket, cause);
            reply.invalid();
        } else {
            LOG.warn("a handler failed for {}", socket, cause);
            reply.fail();
        }
    }

    static void unknownAcknowledgement(SocketImpl socket) {
        LOG.debug("an acknowledgement of {} answers nothing that waits", socket);
    }
}
