// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import io.sockeye.api.Namespace;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RequestFailed;
import io.sockeye.api.Socket;
import io.sockeye.event.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The chat of the demo: one room, everyone in it. Handlers run on several threads; the list of names is guarded by a lock. */
final class ChatRoom {
    static final int MAX_NAME_LENGTH = 32;
    static final int MAX_TEXT_LENGTH = 1_000;
    private static final RateLimit MESSAGES = RateLimit.of(10, Duration.ofSeconds(10));
    private static final String ANONYMOUS = "Anonymous";
    private static final String INVALID = "Invalid message format";

    /** What a client says. */
    record Text(@Nullable String text) {}

    /** What everyone hears. */
    record Message(String id, String text, String username, String timestamp) {}

    /** Who came or left. */
    record Person(String username, String userId) {}

    /** The acknowledgement of a message: its id tells the sender which of the messages is its own. */
    record Accepted(String status, String id) {}

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
                .rateLimit("message", MESSAGES)
                .on("user_join", String.class, room::join)
                .on(MESSAGE, room::say)
                .onDisconnect((socket, reason) -> room.leave(socket));
    }

    private void join(Socket socket, String wanted) {
        String name = wanted.strip();
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new RequestFailed(INVALID);
        }
        lock.lock();
        try {
            if (socket.connected()) {
                names.put(socket.id(), name);
                namespace.emit("user_joined", new Person(name, socket.id()));
                namespace.emit("user_list", List.copyOf(names.values()));
            }
        } finally {
            lock.unlock();
        }
    }

    private Accepted say(Socket socket, Text said) {
        String text = said.text() == null ? "" : said.text().strip();
        if (text.isEmpty() || text.length() > MAX_TEXT_LENGTH) {
            throw new RequestFailed(INVALID);
        }
        String id = UUID.randomUUID().toString();
        String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        namespace.emit("message", new Message(id, text, nameOf(socket), now));
        return new Accepted("success", id);
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
