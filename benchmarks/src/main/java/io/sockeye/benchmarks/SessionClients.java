// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A program that opens sessions on WebSockets, joins the main namespace with each, writes a byte and stays. */
final class SessionClients {
    private SessionClients() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        URI address = URI.create("ws://127.0.0.1:" + args[0] + "/socket.io/?EIO=4&transport=websocket");
        int count = Integer.parseInt(args[1]);
        CountDownLatch joined = new CountDownLatch(count);
        HttpClient client = HttpClient.newHttpClient();
        List<WebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(client.newWebSocketBuilder()
                    .buildAsync(address, new Joining(joined))
                    .join());
        }
        joined.await();
        System.out.println(sockets.size());
        System.out.flush();
        // Until the program that started this one ends or closes the stream.
        System.exit(System.in.read() < 0 ? 0 : 1);
    }

    /** Answers the open packet with a CONNECT, and counts the answer to that. */
    private record Joining(CountDownLatch joined) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            socket.request(1);
            if (data.charAt(0) == '0') {
                return socket.sendText("40", true);
            }
            joined.countDown();
            return null;
        }
    }
}
