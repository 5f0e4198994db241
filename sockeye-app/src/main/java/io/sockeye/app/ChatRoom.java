// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.sockeye.api.Namespace;
import io.sockeye.api.RateLimit;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.validation.BeanValidation;
import io.sockeye.validation.Trimmed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** The chat of the demo: one room, everyone in it. Handlers run on several threads; the list of names is guarded by a lock. */
final class ChatRoom {
    private static final int MAX_NAME_LENGTH = 32;
    private static final int MAX_TEXT_LENGTH = 1_000;
    private static final RateLimit MESSAGES = RateLimit.of(10, Duration.ofSeconds(10));
    private static final String ANONYMOUS = "Anonymous";

    /** Whom a client joins as: text alone, without an object around it. */
    record Name(
            @Trimmed @NotNull @Size(min = 1, max = MAX_NAME_LENGTH)
            String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Name {}
    }

    /** What a client says. */
    record Text(
            @Trimmed @NotNull @Size(min = 1, max = MAX_TEXT_LENGTH)
            String text) {}

    /** What everyone hears. */
    record Message(String id, String text, String username, String timestamp) {}

    /** Who came or left. */
    record Person(String username, String userId) {}

    /** The acknowledgement of a message. */
    record Accepted(String status) {}

    private static final Event<Name> USER_JOIN = Event.of("user_join", Name.class);
    private static final Request<Text, Accepted> MESSAGE = Request.of("message", Text.class, Accepted.class);

    private final Namespace namespace;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** Names by socket id, in the order they came. Guarded by lock; broadcasts about it are sent under the lock, so in order. */
    private final Map<String, String> names = new LinkedHashMap<>();

    private ChatRoom(Namespace namespace, Clock clock) {
        this.namespace = namespace;
        this.clock = clock;
    }

    /** Puts the chat on a namespace. */
    static void open(Namespace namespace, Clock clock) {
        ChatRoom room = new ChatRoom(namespace, clock);
        namespace
                .validator(BeanValidation.create())
                .rateLimit("message", MESSAGES)
                .on(USER_JOIN, room::join)
                .on(MESSAGE, room::say)
                .onDisconnect((socket, reason) -> room.leave(socket));
    }

    private void join(Socket socket, Name name) {
        lock.lock();
        try {
            if (socket.connected()) {
                names.put(socket.id(), name.text());
                namespace.emit("user_joined", new Person(name.text(), socket.id()));
                namespace.emit("user_list", List.copyOf(names.values()));
            }
        } finally {
            lock.unlock();
        }
    }

    private Accepted say(Socket socket, Text said) {
        String id = UUID.randomUUID().toString();
        String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        namespace.emit("message", new Message(id, said.text(), nameOf(socket), now));
        return new Accepted("success");
    }

    private String nameOf(Socket socket) {
        lock.lock();
        try {
            return names.getOrDefault(socket.id(), ANONYMOUS);
        } finally {
            lock.unlock();
        }
    }

    private void leave(Socket socket) {
        lock.lock();
        try {
            String name = names.remove(socket.id());
            if (name != null) {
                namespace.emit("user_left", new Person(name, socket.id()));
                namespace.emit("user_list", List.copyOf(names.values()));
            }
        } finally {
            lock.unlock();
        }
    }
}
