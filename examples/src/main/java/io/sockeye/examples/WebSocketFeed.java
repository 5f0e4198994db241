// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.SendResult;
import io.sockeye.api.WebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that a plain WebSocket endpoint has: readers subscribe, an HTTP request publishes. */
public final class WebSocketFeed {
    private WebSocketFeed() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        // tag::endpoint[]
        Set<WebSocket> readers = ConcurrentHashMap.newKeySet();
        server.webSocket("/feed")
                .subprotocols("feed.v1")
                .onOpen(webSocket -> {
                    if (!webSocket.subprotocol().equals("feed.v1")) {
                        webSocket.close(1008, "This feed speaks feed.v1");
                        return;
                    }
                    readers.add(webSocket);
                    webSocket.send("welcome");
                })
                .onText((webSocket, text) -> webSocket.close(1003, "Readers do not talk"))
                .onBinary((webSocket, data) -> webSocket.close(1003, "Readers do not talk"))
                .onClose((webSocket, code, reason) -> readers.remove(webSocket))
                .onError((webSocket, failure) -> System.err.println(webSocket.id() + ": " + failure));
        // end::endpoint[]
        // tag::send[]
        server.route("POST", "/publish", request -> {
            long sent = readers.stream()
                    .filter(reader -> reader.send(request.text()) == SendResult.QUEUED)
                    .count();
            return HttpResponse.text(sent + " of " + readers.size());
        });
        // end::send[]
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
