// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers.vertx;

import io.sockeye.benchmarks.peers.CommandLine;
import io.sockeye.benchmarks.peers.Rooms;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Collection;

/** WebSockets of Vert.x, on one event loop. */
public final class VertxPeer {
    private static final int BACKLOG = 4_096;

    private VertxPeer() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        HttpServerOptions options = new HttpServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setMaxWebSocketFrameSize(1_000_000)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        Rooms<ServerWebSocket> rooms = new Rooms<>(new Sender());
        vertx.createHttpServer(options)
                .webSocketHandler(client -> serve(client, rooms))
                .listen(CommandLine.port(args), "127.0.0.1")
                .onSuccess(server -> CommandLine.ready(server.actualPort()))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    private static void serve(ServerWebSocket client, Rooms<ServerWebSocket> rooms) {
        if (client.path().equals("/raw")) {
            client.textMessageHandler(client::writeTextMessage);
            client.binaryMessageHandler(client::writeBinaryMessage);
        } else {
            client.textMessageHandler(text -> rooms.onText(client, text));
            client.closeHandler(closed -> rooms.onClosed(client));
            client.writeTextMessage(Rooms.OPEN);
        }
    }

    private static final class Sender implements Rooms.Sender<ServerWebSocket> {
        @Override
        public void send(ServerWebSocket client, String text) {
            client.writeTextMessage(text);
        }

        @Override
        public void send(Collection<ServerWebSocket> clients, String text) {
            for (ServerWebSocket client : clients) {
                client.writeTextMessage(text);
            }
        }
    }
}
