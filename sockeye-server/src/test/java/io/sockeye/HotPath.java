// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.Broadcast;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.testing.ManyClients;
import io.sockeye.testing.ManyClients.Sending;
import io.sockeye.testing.RawWebSocketClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** What a server does most, with the bytes that one operation may allocate on it, and how to do it many times. */
enum HotPath {
    /** Per delivery to one of a thousand members of a room. */
    BROADCAST(48, 1_000) {
        @Override
        long round(Scene scene) {
            return scene.broadcasts(20);
        }
    },
    /** The same, four broadcasts in one turn of the loop. */
    BURST_OF_FOUR(16, 1_000) {
        @Override
        long round(Scene scene) {
            for (int i = 0; i < 5; i++) {
                scene.exchange(BURST, 4L * clients());
            }
            return 5L * 4 * clients();
        }
    },
    /** The same as a single broadcast, to clients that speak MessagePack. */
    MESSAGE_PACK_BROADCAST(48, 1_000) {
        @Override
        long round(Scene scene) {
            return scene.broadcasts(20);
        }

        @Override
        byte[] join() {
            return RawWebSocketClient.frame(RawWebSocketClient.BINARY, MESSAGE_PACK_CONNECT);
        }
    },
    /** An event that is answered by a handler on the loop. */
    ACKNOWLEDGED_ON_LOOP(1_930, 200) {
        @Override
        long round(Scene scene) {
            return scene.exchanges(ECHO, 50);
        }
    },
    /** An event that is answered by a handler on a handler thread. */
    ACKNOWLEDGED_ON_HANDLER_THREAD(2_450, 200) {
        @Override
        long round(Scene scene) {
            return scene.exchanges(ASK, 50);
        }
    },
    /** An event that is not answered, handled on the loop. */
    EVENT(620, 200) {
        @Override
        long round(Scene scene) {
            for (int i = 0; i < 50; i++) {
                scene.tell(clients());
            }
            return 50L * clients();
        }
    },
    /** A ping and its pong. */
    HEARTBEAT(36, 1_000) {
        @Override
        long round(Scene scene) {
            scene.clients.await(scene.clients.received() + 10L * clients());
            return 10L * clients();
        }

        @Override
        Duration pingInterval() {
            return Duration.ofMillis(100);
        }
    };

    private static final String TEXT = "x".repeat(64);
    private static final byte[] MESSAGE_PACK_CONNECT = {
        (byte) 0x82, (byte) 0xa4, 't', 'y', 'p', 'e', 0, (byte) 0xa3, 'n', 's', 'p', (byte) 0xa1, '/'
    };
    private static final Sending BURST = new Sending(1, text("42[\"burst\"]"));
    private static final Sending ECHO = new Sending(200, text("420[\"echo\",\"" + TEXT + "\"]"));
    private static final Sending ASK = new Sending(200, text("420[\"ask\",\"" + TEXT + "\"]"));
    private static final Sending TELL = new Sending(200, text("42[\"tell\",\"" + TEXT + "\"]"));

    private final int budget;
    private final int clients;

    HotPath(int budget, int clients) {
        this.budget = budget;
        this.clients = clients;
    }

    private static byte[] text(String packet) {
        return RawWebSocketClient.frame(RawWebSocketClient.TEXT, RawWebSocketClient.utf8(packet));
    }

    /** Bytes that one operation may allocate. */
    int budget() {
        return budget;
    }

    int clients() {
        return clients;
    }

    /** The frame with which a client joins. */
    byte[] join() {
        return ManyClients.JOIN;
    }

    Duration pingInterval() {
        return Duration.ofHours(1);
    }

    /** Does it many times and waits for the end. How many times. */
    abstract long round(Scene scene);

    /**
     * Starts a server with one event loop and the clients of this path.
     *
     * @param observed whether somebody follows the events
     */
    Scene open(boolean observed) throws IOException {
        return new Scene(this, observed);
    }

    /** A server and its clients. */
    static final class Scene implements AutoCloseable {
        private static final long PAUSE_NANOS = 20_000;

        private final AtomicLong told = new AtomicLong();
        private final Sockeye server;
        private final Broadcast room;
        final ManyClients clients;

        private Scene(HotPath path, boolean observed) throws IOException {
            server = Sockeye.builder()
                    .host("127.0.0.1")
                    .port(0)
                    .eventLoops(1)
                    .serveClient(false)
                    .pingInterval(path.pingInterval())
                    .build();
            room = server.namespace("/").to("news");
            declare();
            if (observed) {
                LongAdder nanos = new LongAdder();
                server.observe((namespace, event) -> (begun, took, failure) -> nanos.add(took));
            }
            server.start();
            clients = new ManyClients(server.port(), path.clients(), path.join());
        }

        private void declare() {
            server.namespace("/")
                    .onConnect(socket -> socket.join("news"))
                    .nonBlocking(Event.of("burst", Void.class), (socket, nothing) -> {
                        for (int i = 0; i < 4; i++) {
                            room.emit("news", TEXT);
                        }
                    })
                    .nonBlocking(Event.of("tell", String.class), (socket, text) -> told.incrementAndGet())
                    .nonBlocking(Request.of("echo", String.class, String.class), (socket, text) -> text)
                    .on(Request.of("ask", String.class, String.class), (socket, text) -> text);
        }

        /** Sends to all members of the room. How many deliveries that were. */
        long broadcasts(int times) {
            long deliveries = server.namespace("/").members("news");
            for (int i = 0; i < times; i++) {
                long before = clients.received();
                room.emit("news", TEXT);
                clients.await(before + deliveries);
            }
            return deliveries * times;
        }

        /** Has clients send, and waits for what comes of it. */
        void exchange(Sending what, long messages) {
            long before = clients.received();
            clients.send(what);
            clients.await(before + messages);
        }

        long exchanges(Sending what, int times) {
            for (int i = 0; i < times; i++) {
                exchange(what, what.clients());
            }
            return (long) times * what.clients();
        }

        /** Has clients send what is not answered, and waits until the handler has seen all of it. */
        void tell(int events) {
            long before = told.get();
            clients.send(TELL);
            while (told.get() < before + events) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        @Override
        public void close() throws IOException {
            clients.close();
            server.close();
        }
    }
}
