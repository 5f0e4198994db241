// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Socket.IO client on the WebSocket of the JDK, which writes packets as they are on the wire. */
public final class JdkClient implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket webSocket;

    /** @param headers names and values in turn */
    private JdkClient(int port, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        webSocket = builder.buildAsync(
                        URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"), this)
                .join();
    }

    /** Opens a connection and joins the main namespace. */
    public static JdkClient join(int port, String auth, String... headers) throws InterruptedException {
        JdkClient client = new JdkClient(port, headers);
        client.expect("0{");
        client.send("40" + auth);
        client.expect("40{");
        return client;
    }

    private void expect(String start) throws InterruptedException {
        String packet = next();
        if (packet == null || !packet.startsWith(start)) {
            throw new AssertionError("expected a packet that begins with " + start + ", got " + packet);
        }
    }

    /** Sends a packet. */
    public JdkClient send(String packet) {
        webSocket.sendText(packet, true).join();
        return this;
    }

    /** The next packet, or null if none comes within ten seconds. */
    public @Nullable String next() throws InterruptedException {
        return received.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        received.add(data.toString());
        socket.request(1);
        return null;
    }

    @Override
    public void close() {
        webSocket.abort();
    }
}
