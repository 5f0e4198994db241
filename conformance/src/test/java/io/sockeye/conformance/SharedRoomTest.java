// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients of every generation, format and transport in one room: the JavaScript ones in a script, the Java ones here. Each says
 * something in each form, and hears everyone else once.
 */
@Tag("client")
class SharedRoomTest {
    private static final String LAST = "last";
    /** The server passes what is said on as it came, or reads and writes it anew. */
    private static final List<String> EVENTS = List.of("say", "say-anew");

    private static final List<List<String>> WAYS =
            List.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"));

    @Test
    void ours() throws Exception {
        meet(new ClientServer());
    }

    @Test
    void reference() throws Exception {
        meet(new ReferenceServer());
    }

    private static void meet(SuiteServer started) throws Exception {
        try (SuiteServer server = started) {
            Map<String, String> variables = new HashMap<>(server.variables());
            variables.put("SOCKEYE_OTHERS", String.valueOf(WAYS.size()));
            List<FutureTask<Void>> scripts = new ArrayList<>();
            for (NodeScript script : scripts().toList()) {
                scripts.add(inBackground(script, variables));
            }
            List<Guest> guests = new ArrayList<>();
            for (List<String> transports : WAYS) {
                guests.add(new Guest(server, transports));
            }
            for (Guest guest : guests) {
                guest.socket().emit("enter", "talk", guest.everyone);
            }
            for (Guest guest : guests) {
                guest.hearsEveryoneOnce();
            }
            for (FutureTask<Void> script : scripts) {
                script.get();
            }
            guests.forEach(Guest::close);
        }
    }

    private static Stream<NodeScript> scripts() throws IOException {
        return NodeScript.ofSuite("room");
    }

    private static FutureTask<Void> inBackground(NodeScript script, Map<String, String> variables) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            script.run(variables);
            return null;
        });
        new Thread(task, script.name()).start();
        return task;
    }

    /** A Java client in the room. What it hears is written by one thread of its client and read when all was said. */
    private static final class Guest {
        private final String name;
        private final int everyone;
        private final JavaClient client;
        private final Map<String, List<Object>> heard = new LinkedHashMap<>();
        private final CompletableFuture<Void> allDone = new CompletableFuture<>();
        private int finished;

        Guest(SuiteServer server, List<String> transports) throws InterruptedException {
            name = "Java client over " + transports;
            everyone = server.scriptedKinds() + WAYS.size();
            client = JavaClient.connected(server.url(), transports);
            socket().on("said", args -> hear(JavaClient.plain(args)));
            socket().on("complete", args -> proceed((String) args[0]));
        }

        io.socket.client.Socket socket() {
            return client.socket();
        }

        private void hear(List<Object> said) {
            String from = (String) said.get(0);
            heard.computeIfAbsent(from, key -> new ArrayList<>()).add(said.subList(1, 3));
            if (said.get(1).equals(LAST) && ++finished == EVENTS.size() * (everyone - 1)) {
                socket().emit("enter", "done", everyone);
            }
        }

        private void proceed(String room) {
            if (room.equals("talk")) {
                forms().forEach((form, value) -> {
                    for (String event : EVENTS) {
                        socket().emit(event, name, form, value);
                    }
                });
            } else {
                allDone.complete(null);
            }
        }

        void hearsEveryoneOnce() throws InterruptedException {
            JavaClient.get(allDone);
            // What was sent before is there when this answer is.
            client.request("message-with-ack");
            List<Object> said = new ArrayList<>();
            forms().forEach((form, value) -> {
                EVENTS.forEach(event -> said.add(JavaClient.plain(form, value)));
            });
            assertThat(heard).hasSize(everyone - 1).doesNotContainKey(name);
            heard.forEach((from, messages) ->
                    assertThat(messages).as("what %s heard from %s", name, from).isEqualTo(said));
        }

        void close() {
            client.close();
        }

        private static Map<String, Object> forms() {
            try {
                Map<String, Object> forms = new LinkedHashMap<>();
                forms.put("text", "aé€🐟\u0000\"\\\u2028");
                JSONObject inner = new JSONObject().put("b", JSONObject.NULL);
                forms.put(
                        "values",
                        new JSONArray()
                                .put(1)
                                .put(-1.5)
                                .put(true)
                                .put(JSONObject.NULL)
                                .put("")
                                .put(new JSONObject().put("a", new JSONArray().put(inner))));
                forms.put("binary", new byte[] {4, 0, -1, 0x34});
                JSONObject er = new JSONObject().put("er", new byte[] {(byte) 0xc3, (byte) 0xa9});
                forms.put(
                        "two binaries",
                        new JSONArray().put(new byte[0]).put(new JSONObject().put("deep", new JSONArray().put(er))));
                forms.put(LAST, JSONObject.NULL);
                return forms;
            } catch (JSONException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
