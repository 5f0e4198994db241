// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Handshake;
import io.sockeye.api.RemoteSocket;
import io.sockeye.api.RequestTimeout;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket of any node, reached as the only member of the room that its id names. */
final class RemoteSocketImpl implements RemoteSocket {
    private final SocketDetails details;
    private final BroadcastImpl itself;

    RemoteSocketImpl(SocketDetails details, BroadcastImpl itself) {
        this.details = details;
        this.itself = itself;
    }

    @Override
    public String id() {
        return details.id();
    }

    @Override
    public Handshake handshake() {
        return details.handshake();
    }

    @Override
    public Set<String> rooms() {
        return details.rooms();
    }

    @Override
    public Map<String, Object> data() {
        return details.data();
    }

    @Override
    public <T> void emit(Event<T> event, T payload) {
        itself.emit(event, payload);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        itself.emit(event, arguments);
    }

    @Override
    public <T, R> CompletableFuture<R> request(Request<T, R> request, T payload, Duration deadline) {
        return itself.ask(
                request.name(),
                Arguments.message(request.payload(), payload),
                deadline,
                outcome -> Arguments.bind(only(outcome), request.reply()));
    }

    private Args only(AckReplies outcome) {
        if (outcome.replies().isEmpty()) {
            throw new RequestTimeout("socket " + id() + " did not acknowledge in time, or is gone");
        }
        return outcome.replies().get(0);
    }

    @Override
    public void join(String... rooms) {
        itself.socketsJoin(rooms);
    }

    @Override
    public void leave(String... rooms) {
        itself.socketsLeave(rooms);
    }

    @Override
    public void disconnect() {
        itself.disconnectSockets(false);
    }

    @Override
    public void disconnectAll() {
        itself.disconnectSockets(true);
    }

    @Override
    public String toString() {
        return "RemoteSocket[" + id() + "]";
    }
}
