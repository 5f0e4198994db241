// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.RoomListener;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomListenerTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final RoomListener recorder = new RoomListener() {
        @Override
        public void created(String room) {
            seen.add("created " + room);
        }

        @Override
        public void deleted(String room) {
            seen.add("deleted " + room);
        }

        @Override
        public void joined(String room, String socketId) {
            seen.add(socketId + " joined " + room);
        }

        @Override
        public void left(String room, String socketId) {
            seen.add(socketId + " left " + room);
        }
    };

    private List<String> about(String room) {
        return seen.stream().filter(event -> event.endsWith(" " + room)).toList();
    }

    @Test
    void aRoomIsThereFromItsFirstMemberToItsLast() throws Exception {
        Sockeye server = running.start(s -> s.namespace("/").onRooms(recorder));
        SocketIoClient ada = running.connect();
        SocketIoClient bob = running.connect();
        var sockets = server.namespace("/");
        sockets.socket(ada.id()).orElseThrow().join("room", "room");
        sockets.socket(bob.id()).orElseThrow().join("room");
        sockets.socket(ada.id()).orElseThrow().leave("room", "other");
        bob.send("1");
        await().until(() -> seen.contains("deleted " + bob.id()) && seen.contains("deleted room"));
        assertThat(about("room"))
                .containsExactly(
                        "created room",
                        ada.id() + " joined room",
                        bob.id() + " joined room",
                        ada.id() + " left room",
                        bob.id() + " left room",
                        "deleted room");
        assertThat(about(bob.id()))
                .containsExactly(
                        "created " + bob.id(),
                        bob.id() + " joined " + bob.id(),
                        bob.id() + " left " + bob.id(),
                        "deleted " + bob.id());
    }

    @Test
    void aListenerThatFailsCostsTheOthersNothing() throws Exception {
        running.start(s -> s.namespace("/")
                .onRooms(new RoomListener() {
                    @Override
                    public void created(String room) {
                        throw new IllegalStateException("a fault of the program");
                    }
                })
                .onRooms(recorder));
        SocketIoClient ada = running.connect();
        await().until(() -> about(ada.id()).size() == 2);
    }

    @Test
    void listenersAreAddedBeforeTheStart() {
        Sockeye server = running.start(s -> s.namespace("/"));
        assertThatThrownBy(() -> server.namespace("/").onRooms(recorder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before start()");
    }
}
