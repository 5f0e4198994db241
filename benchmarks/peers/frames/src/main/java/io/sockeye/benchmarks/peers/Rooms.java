// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Socket.IO as far as load testers speak it, on a server that knows only WebSocket: text in, text out, nothing parsed that need
 * not be. One event loop only.
 *
 * @param <C> a client
 */
public final class Rooms<C> {
    /** What a client is sent as soon as it is there. */
    public static final String OPEN =
            "0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

    private static final String CONNECTED = "40{\"sid\":\"s\"}";
    private static final String ECHO = "[\"echo\",";
    private static final String JOIN = "[\"join\",\"";
    private static final String PUBLISH = "[\"pub\",\"";

    private final Map<String, Set<C>> members = new HashMap<>();
    private final Map<C, List<String>> joined = new HashMap<>();
    private final Sender<C> sender;

    public Rooms(Sender<C> sender) {
        this.sender = sender;
    }

    /** Sends text messages. */
    public interface Sender<C> {
        void send(C client, String text);

        /** Sends one message to many. */
        void send(Collection<C> clients, String text);
    }

    /** A client has sent a text message. */
    public void onText(C client, String text) {
        if (text.startsWith("42")) {
            onEvent(client, text);
        } else if (text.startsWith("40")) {
            sender.send(client, CONNECTED);
        }
    }

    /** A client has gone. */
    public void onClosed(C client) {
        for (String room : joined.getOrDefault(client, List.of())) {
            Set<C> rest = members.getOrDefault(room, Set.of());
            rest.remove(client);
            if (rest.isEmpty()) {
                members.remove(room);
            }
        }
        joined.remove(client);
    }

    /** What is between the type and the payload is the id of the acknowledgement that is asked for. */
    private void onEvent(C client, String text) {
        int start = text.indexOf('[');
        String id = text.substring(2, start);
        if (text.startsWith(ECHO, start)) {
            sender.send(client, "43" + id + '[' + text.substring(start + ECHO.length()));
        } else if (text.startsWith(PUBLISH, start)) {
            int room = start + PUBLISH.length();
            int end = text.indexOf('"', room);
            publish(text.substring(room, end), text.substring(end + 2));
        } else if (text.startsWith(JOIN, start)) {
            int room = start + JOIN.length();
            join(client, text.substring(room, text.indexOf('"', room)));
            if (!id.isEmpty()) {
                sender.send(client, "43" + id + "[]");
            }
        }
    }

    private void join(C client, String room) {
        members.computeIfAbsent(room, name -> new LinkedHashSet<>()).add(client);
        joined.computeIfAbsent(client, one -> new ArrayList<>(1)).add(room);
    }

    /**
     * Sends data to a room.
     *
     * @param data with the bracket that ends the arguments
     */
    private void publish(String room, String data) {
        sender.send(members.getOrDefault(room, Set.of()), "42[\"msg\"," + data);
    }
}
