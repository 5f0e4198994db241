// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Broadcast;
import io.sockeye.event.Event;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A thread of the program's own pushes prices to those who subscribed. */
public final class ServerPush {
    // tag::push[]
    record Price(String symbol, long cents, String time) {}

    static final Event<Price> PRICE = Event.of("price", Price.class);

    static ScheduledFuture<?> push(Sockeye server, ScheduledExecutorService timer, Clock clock) {
        server.namespace("/")
                .on("subscribe", String.class, (socket, symbol) -> socket.join(symbol))
                .on("unsubscribe", String.class, (socket, symbol) -> socket.leave(symbol));
        Broadcast subscribers = server.namespace("/").to("ACME").droppable();
        return timer.scheduleAtFixedRate(
                () -> subscribers.emit(
                        PRICE,
                        new Price(
                                "ACME", clock.millis() % 1_000, clock.instant().toString())),
                0,
                100,
                TimeUnit.MILLISECONDS);
    }
    // end::push[]

    private ServerPush() {}

    public static void main(String[] args) {
        Sockeye server = Sockeye.builder().port(3000).build();
        ScheduledFuture<?> pushing = push(server, Executors.newSingleThreadScheduledExecutor(), Clock.systemUTC());
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> pushing.cancel(false)));
    }
}
