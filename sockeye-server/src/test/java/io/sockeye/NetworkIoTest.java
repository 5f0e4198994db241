// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.NetworkIo;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server on each way to wait for the network that this machine has. */
class NetworkIoTest {
    private static final Request<String, String> ECHO = Request.of("echo", String.class, String.class);
    private static final int CLIENTS = 12;

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Sockeye server;

    private void start(NetworkIo networkIo) {
        server = running.start(
                Sockeye.builder().networkIo(networkIo).eventLoops(2),
                s -> s.namespace("/").on(ECHO, (socket, text) -> text));
    }

    @ParameterizedTest
    @MethodSource("io.sockeye.internal.netty.IoTransportTest#available")
    void eachRequestIsAnswered(NetworkIo networkIo) throws Exception {
        start(networkIo);
        SocketIoClient webSocket = running.connect();
        SocketIoClient polling = running.connectPolling();
        for (int i = 0; i < 100; i++) {
            webSocket.send("2" + i + "['echo','w" + i + "']").expect("3" + i + "['w" + i + "']");
            polling.send("2" + i + "['echo','p" + i + "']").expect("3" + i + "['p" + i + "']");
        }
    }

    @ParameterizedTest
    @MethodSource("io.sockeye.internal.netty.IoTransportTest#available")
    void largeMessagesPassWhole(NetworkIo networkIo) throws Exception {
        start(networkIo);
        String text = "large ".repeat(100_000);
        running.connect().send("21['echo','" + text + "']").expect("31['" + text + "']");
        running.connectPolling().send("21['echo','" + text + "']").expect("31['" + text + "']");
    }

    @ParameterizedTest
    @MethodSource("io.sockeye.internal.netty.IoTransportTest#available")
    void aBroadcastReachesAllClientsInOrder(NetworkIo networkIo) throws Exception {
        start(networkIo);
        List<SocketIoClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(i % 3 == 0 ? running.connectPolling() : running.connect());
        }
        for (int i = 0; i < 50; i++) {
            server.namespace("/").emit("news", i);
        }
        for (SocketIoClient client : clients) {
            for (int i = 0; i < 50; i++) {
                client.expect("2['news'," + i + "]");
            }
        }
    }
}
