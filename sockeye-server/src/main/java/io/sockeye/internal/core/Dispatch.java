// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.AnyHandler;
import io.sockeye.api.ConnectHandler;
import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.DisconnectHandler;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.ErrorHandler;
import io.sockeye.api.EventMiddleware;
import io.sockeye.api.InvalidPayloadHandler;
import io.sockeye.api.PayloadValidator;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.PayloadException;
import io.sockeye.internal.transport.Failures;
import io.sockeye.protocol.Packet;
import io.sockeye.spi.ServerObserver;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the user's code of one namespace and contains what it throws: one failing handler ends nothing but its own event. */
public final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    /** What a client is told that is refused for a fault of the server. */
    public static final String NEUTRAL_REFUSAL = "Connection refused";

    private static final EventBinding.Call NOBODY = (socket, args, reply) -> {};

    private final HandlerTable handlers;
    private final PolicyGate gate;
    private final Failures failures;

    /** Whether some events are handled on the loop. Set when the handlers are frozen. */
    private volatile boolean mixed;

    Dispatch(HandlerTable handlers, Failures failures) {
        this.handlers = handlers;
        this.gate = new PolicyGate(handlers, failures);
        this.failures = failures;
    }

    /** Logs what user code throws. */
    Failures failures() {
        return failures;
    }

    PolicyGate gate() {
        return gate;
    }

    /** What the policy and the validation refused. */
    public GuardCounters guardCounters() {
        return gate.counters();
    }

    @Nullable
    PayloadValidator validator() {
        return handlers.validator();
    }

    List<InvalidPayloadHandler> invalidPayloadHandlers() {
        return handlers.invalidPayloadHandlers();
    }

    /** No handler can be added any more. */
    void freeze(List<ServerObserver> observers) {
        handlers.freeze(observers);
        mixed = handlers.anyRunsOnLoop();
    }

    /** Whether some events are handled on the loop and others are not. */
    boolean mixed() {
        return mixed;
    }

    // Connect and disconnect

    /** Whether there is user code to ask before a client may come in. */
    public boolean checksConnect() {
        return !handlers.connectMiddleware().isEmpty() || gate.checksConnect();
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
        } catch (Throwable e) {
            throw refusal(e, handshake);
        }
    }

    /**
     * Asks the connect middleware whether a client comes back as the socket that it was. Handler thread.
     *
     * @throws ConnectRefused if one refuses the client, with what it may know
     */
    public boolean mayRecover(HandshakeImpl handshake, HandshakeImpl earlier) {
        try {
            for (ConnectMiddleware middleware : handlers.connectMiddleware()) {
                if (!middleware.mayRecover(handshake, earlier)) {
                    return false;
                }
            }
            return true;
        } catch (Throwable e) {
            throw refusal(e, handshake);
        }
    }

    private ConnectRefused refusal(Throwable failure, HandshakeImpl handshake) {
        if (failure instanceof ConnectRefused refused) {
            return refused;
        }
        failures.warn(LOG, "connect middleware of {} failed; the client is refused", handshake.namespace(), failure);
        return new ConnectRefused(NEUTRAL_REFUSAL);
    }

    /**
     * Asks the policy whether a client may come in that middleware let through. Handler thread.
     *
     * @param outcome is told why not, or null; on this thread or the one that completes the check
     */
    public void askPolicy(HandshakeImpl handshake, Link link, Consumer<@Nullable ConnectRefused> outcome) {
        gate.admit(handshake, link, outcome);
    }

    boolean greets() {
        return !handlers.connectHandlers().isEmpty();
    }

    boolean saysGoodbye() {
        return !handlers.disconnectingHandlers().isEmpty()
                || !handlers.disconnectHandlers().isEmpty();
    }

    void connected(SocketImpl socket) {
        for (ConnectHandler handler : handlers.connectHandlers()) {
            try {
                handler.handle(socket);
            } catch (Throwable e) {
                failures.warn(LOG, "connect handler failed for {}", socket, e);
            }
        }
    }

    /** Tells everybody that a socket is gone, and lets go of its handlers. */
    void disconnected(SocketImpl socket, DisconnectReason reason) {
        SocketHandlers own = socket.handlers();
        if (own != null) {
            own.disconnecting.all().forEach(entry -> callOwn(entry, socket, reason));
        }
        handlers.disconnectingHandlers().forEach(handler -> call(handler, socket, reason));
        own = socket.handlers();
        if (own != null) {
            own.disconnected.all().forEach(entry -> callOwn(entry, socket, reason));
        }
        handlers.disconnectHandlers().forEach(handler -> call(handler, socket, reason));
        own = socket.handlers();
        if (own != null) {
            own.clear();
        }
    }

    private void callOwn(Registered<DisconnectHandler> entry, SocketImpl socket, DisconnectReason reason) {
        if (entry.claim()) {
            call(entry.handler(), socket, reason);
        }
    }

    private void call(DisconnectHandler handler, SocketImpl socket, DisconnectReason reason) {
        try {
            handler.handle(socket, reason);
        } catch (Throwable e) {
            failures.warn(LOG, "disconnect handler failed for {}", socket, e);
        }
    }

    // Events

    boolean runsOnLoop(String event) {
        return handlers.runsOnLoop(handlers.event(event)) && !gate.concerns(event);
    }

    /** Handles one event, from the middleware to the acknowledgement. */
    void handle(SocketImpl socket, Packet.Event event) {
        if (socket.endedByServer()) {
            return;
        }
        Reply reply = new Reply(socket, event.ackId(), event.name());
        try {
            check(socket, event);
        } catch (Throwable e) {
            answerFailure(socket, e, reply);
            return;
        }
        if (gate.concerns(event.name())) {
            gate.admit(socket, event, refusal -> admitted(socket, event, reply, refusal));
        } else {
            admitted(socket, event, reply, null);
        }
    }

    private void admitted(SocketImpl socket, Packet.Event event, Reply reply, @Nullable RuntimeException refusal) {
        if (socket.endedByServer()) {
            return;
        }
        if (refusal != null) {
            answerFailure(socket, refusal, reply);
            return;
        }
        try {
            observe(socket, event);
            call(socket, event, reply);
        } catch (Throwable e) {
            answerFailure(socket, e, reply);
        }
    }

    private void check(SocketImpl socket, Packet.Event event) throws Exception {
        List<EventMiddleware> all = handlers.eventMiddleware();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).handle(socket, event.name(), event.args());
        }
        SocketHandlers own = socket.handlers();
        if (own == null) {
            return;
        }
        for (Registered<EventMiddleware> entry : own.middleware.all()) {
            if (entry.claim()) {
                entry.handler().handle(socket, event.name(), event.args());
            }
        }
    }

    private void observe(SocketImpl socket, Packet.Event event) throws Exception {
        List<AnyHandler> any = handlers.anyHandlers();
        for (int i = 0; i < any.size(); i++) {
            any.get(i).handle(socket, event.name(), event.args());
        }
        SocketHandlers own = socket.handlers();
        if (own == null) {
            return;
        }
        for (Registered<AnyHandler> entry : own.any.all()) {
            if (entry.claim()) {
                entry.handler().handle(socket, event.name(), event.args());
            }
        }
    }

    private void call(SocketImpl socket, Packet.Event event, Reply reply) throws Exception {
        EventBinding binding = handlers.event(event.name());
        SocketHandlers own = socket.handlers();
        List<Registered<EventBinding>> ownBindings = own == null ? List.of() : own.event(event.name());
        if (!ownBindings.isEmpty()) {
            SharedEvent shared = new SharedEvent(this, socket, event, reply);
            handlers.observed((called, args, answer) -> shared.handle(ownBindings, binding))
                    .handle(socket, event.args(), reply);
        } else if (binding == null) {
            LOG.debug("no handler for event \"{}\" of {}", event.name(), socket);
            handlers.observed(NOBODY).handle(socket, event.args(), reply);
        } else {
            binding.call().handle(socket, event.args(), reply);
        }
    }

    /** Answers for code that failed, and tells who wants to know of it. */
    void answerFailure(SocketImpl socket, Throwable failure, Reply reply) {
        Throwable cause = cause(failure);
        answer(cause, reply);
        if (cause instanceof PayloadException invalid) {
            guardCounters().invalidPayload();
            Payloads.refused(socket, reply.event(), invalid);
            socket.strike();
        } else if (!(cause instanceof RequestFailed)) {
            failures.warn(LOG, "a handler failed for {}", socket, cause);
        }
        SocketHandlers own = socket.handlers();
        if (own != null) {
            own.errors.all().forEach(entry -> callOwn(entry, socket, reply.event(), cause));
        }
    }

    private void callOwn(Registered<ErrorHandler> entry, SocketImpl socket, String event, Throwable cause) {
        if (!entry.claim()) {
            return;
        }
        try {
            entry.handler().handle(socket, event, cause);
        } catch (Throwable e) {
            failures.warn(LOG, "error handler failed for {}", socket, e);
        }
    }

    /** Answers with what of a failure is public. */
    static void answer(Throwable failure, Reply reply) {
        Throwable cause = cause(failure);
        if (cause instanceof RequestFailed refused) {
            reply.refuse(refused.publicMessage());
        } else if (cause instanceof PayloadException) {
            reply.invalid();
        } else {
            reply.fail();
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static void unknownAcknowledgement(SocketImpl socket) {
        LOG.debug("an acknowledgement of {} answers nothing that waits", socket);
    }
}
