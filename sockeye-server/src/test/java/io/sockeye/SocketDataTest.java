// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.Namespace;
import io.sockeye.api.Socket;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SocketDataTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final CompletableFuture<Map<String, Object>> last = new CompletableFuture<>();
    private Namespace namespace;

    private SocketIoClient start() throws Exception {
        namespace = running.start(s -> s.namespace("/")
                        .onConnect(socket -> socket.emit("in"))
                        .on(
                                "set",
                                String.class,
                                (socket, value) -> socket.data().put("value", value))
                        .on(
                                "get",
                                String.class,
                                (socket, ignored) ->
                                        socket.emit("value", socket.data().get("value")))
                        .onDisconnect((socket, reason) -> last.complete(Map.copyOf(socket.data()))))
                .namespace("/");
        return running.connect().expect("2['in']");
    }

    private Map<String, Object> fetched() throws Exception {
        return namespace.fetchSockets().get(10, TimeUnit.SECONDS).get(0).data();
    }

    @Test
    void whatOneHandlerPutsAnotherGets() throws Exception {
        SocketIoClient client = start();
        client.send("2['get','']").expect("2['value',null]");
        client.send("2['set','a']").send("2['get','']").expect("2['value','a']");
        client.close();
        assertThat(last.get(10, TimeUnit.SECONDS)).isEqualTo(Map.of("value", "a"));
    }

    @Test
    void othersGetACopy() throws Exception {
        SocketIoClient client = start();
        assertThat(fetched()).isEmpty();
        Socket socket = namespace.socket(client.id()).orElseThrow();
        socket.data().put("n", 1);
        Map<String, Object> before = fetched();
        socket.data().put("n", 2);
        assertThat(before).isEqualTo(Map.of("n", 1));
        assertThat(fetched()).isEqualTo(Map.of("n", 2));
        assertThatThrownBy(() -> before.put("n", 3)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void attachedValuesAreNotPartOfIt() throws Exception {
        SocketIoClient client = start();
        namespace.socket(client.id()).orElseThrow().attach(String.class, "secret");
        assertThat(fetched()).isEmpty();
    }
}
