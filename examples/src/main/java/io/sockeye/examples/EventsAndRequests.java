// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Events and requests in both directions: a small order desk. */
public final class EventsAndRequests {
    // tag::descriptors[]
    record Order(String item, int count, @Nullable String note) {}

    record Placed(int number) {}

    record Status(int number, String state) {}

    static final Request<Order, Placed> PLACE = Request.of("place", Order.class, Placed.class);
    static final Request<Integer, Status> LOOK_UP = Request.of("look up", Integer.class, Status.class);
    static final Event<Status> STATUS = Event.of("status", Status.class);
    static final Event<Void> REFRESH = Event.of("refresh", Void.class);
    static final Request<String, Boolean> CONFIRM = Request.of("confirm", String.class, Boolean.class);
    // end::descriptors[]

    private final Map<Integer, String> states = new ConcurrentHashMap<>();

    private EventsAndRequests() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        EventsAndRequests desk = new EventsAndRequests();
        desk.requests(server.namespace("/"));
        desk.events(server.namespace("/"));
        desk.middleware(server.namespace("/"));
        return server.start();
    }

    private void requests(Namespace namespace) {
        // tag::request[]
        namespace.on(PLACE, (socket, order) -> {
            if (order.count() < 1) {
                throw new RequestFailed("Order at least one");
            }
            int number = states.size() + 1;
            states.put(number, "placed");
            return new Placed(number);
        });
        // end::request[]
        // tag::async[]
        namespace.onAsync(LOOK_UP, (socket, number) -> load(number).thenApply(state -> new Status(number, state)));
        // end::async[]
    }

    private CompletableFuture<String> load(int number) {
        return CompletableFuture.supplyAsync(() -> states.getOrDefault(number, "unknown"));
    }

    private void events(Namespace namespace) {
        // tag::event[]
        namespace.on(REFRESH, (socket, nothing) -> {
            states.forEach((number, state) -> socket.emit(STATUS, new Status(number, state)));
        });
        // end::event[]
        // tag::string[]
        namespace.on("rename", String.class, (socket, name) -> socket.emit("renamed", name, name.length()));
        // end::string[]
        // tag::args[]
        namespace.on("move", Args.class, (socket, args) -> {
            int from = args.get(0, Integer.class);
            int to = args.get(1, Integer.class);
            String why = args.getNullable(2, String.class);
            socket.emit("moved", from, to, why == null ? "no reason" : why);
        });
        // end::args[]
        // tag::nonblocking[]
        namespace.nonBlocking(Event.of("cursor", Integer.class), (socket, position) -> {
            socket.broadcast().droppable().emit("cursor", socket.id(), position);
        });
        // end::nonblocking[]
        // tag::ask[]
        namespace.on("cancel", Integer.class, (socket, number) -> {
            socket.request(CONFIRM, "Cancel order " + number + "?", Duration.ofSeconds(5))
                    .thenAccept(
                            confirmed -> socket.emit("status", new Status(number, confirmed ? "cancelled" : "kept")))
                    .exceptionally(failure -> {
                        socket.emit("status", new Status(number, "not confirmed"));
                        return null;
                    });
        });
        // end::ask[]
    }

    private void middleware(Namespace namespace) {
        // tag::middleware[]
        namespace.useEvent((socket, event, args) -> {
            if (args.size() > 3) {
                throw new RequestFailed("Too many arguments");
            }
        });
        namespace.onAny((socket, event, args) -> System.out.println(socket.id() + " sent " + event));
        // end::middleware[]
    }

    public static void main(String[] args) {
        start(3000);
    }
}
