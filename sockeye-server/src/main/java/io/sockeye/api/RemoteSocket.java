// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A socket of any node, as it was when {@link Broadcast#fetchSockets} asked for it. What is done to it is sent to its node; it has
 * no effect if the socket is gone. Any thread.
 */
public interface RemoteSocket {
    /** The public id. */
    String id();

    /** How the client introduced itself. */
    Handshake handshake();

    /** The rooms it was in, its own id among them. */
    Set<String> rooms();

    /** A copy of what {@link Socket#data} held. */
    Map<String, Object> data();

    /** Sends an event. */
    <T> void emit(Event<T> event, T payload);

    /** Sends an event with any number of arguments. */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends an event and asks for an acknowledgement.
     *
     * @param deadline how long to wait; millisecond resolution, at least one
     * @return completes with the reply on a handler thread; fails with {@link RequestTimeout} where none came, or with
     *     {@link io.sockeye.event.PayloadException}
     */
    <T, R> CompletableFuture<R> request(Request<T, R> request, T payload, Duration deadline);

    /** Makes it join rooms. */
    void join(String... rooms);

    /** Makes it leave rooms. */
    void leave(String... rooms);

    /** Ends it; the client does not come back by itself. */
    void disconnect();

    /** Ends it and its whole connection, all namespaces included. */
    void disconnectAll();
}
