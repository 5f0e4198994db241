// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client in the main namespace that sends and expects packets as text, in which single quotes stand for double ones. */
final class EventClient implements AutoCloseable {
    private final LinkedBlockingQueue<String> came = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    EventClient(int port) throws Exception {
        URI address = URI.create("ws://localhost:" + port + "/socket.io/?EIO=4&transport=websocket");
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .get(10, TimeUnit.SECONDS);
        assertThat(next()).startsWith("0{");
        send("0");
        assertThat(next()).startsWith("40{");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                came.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private String next() throws InterruptedException {
        String packet = came.poll(10, TimeUnit.SECONDS);
        assertThat(packet).isNotNull();
        return packet;
    }

    EventClient send(String packet) throws Exception {
        socket.sendText("4" + packet.replace('\'', '"'), true).get(10, TimeUnit.SECONDS);
        return this;
    }

    EventClient expect(String packet) throws InterruptedException {
        assertThat(next()).isEqualTo("4" + packet.replace('\'', '"'));
        return this;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
