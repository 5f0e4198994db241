// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.api.SendResult;
import io.sockeye.api.SlowConsumerPolicy;

/** What is sent to a client that reads too slowly, and how a handler notices. */
public final class Backpressure {
    private Backpressure() {}

    static Sockeye start(int port) {
        // tag::options[]
        Sockeye server = Sockeye.builder()
                .port(port)
                .outboxLimits(256 * 1024, 1_000)
                .slowConsumerPolicy(SlowConsumerPolicy.DROP_NEWEST)
                .mailboxCapacity(100)
                .maxWaitingBytes(512L * 1024 * 1024)
                .build();
        // end::options[]
        // tag::result[]
        server.namespace("/").on("flood", Integer.class, (socket, count) -> {
            String chunk = "x".repeat(10_000);
            int queued = 0;
            while (queued < count && socket.emit("chunk", queued, chunk) == SendResult.QUEUED) {
                queued++;
            }
            System.out.println("queued " + queued + " of " + count);
        });
        // end::result[]
        // tag::policies[]
        Namespace market = server.namespace("/market")
                .slowConsumerPolicy(SlowConsumerPolicy.DISCONNECT)
                .slowConsumerPolicy("trades", SlowConsumerPolicy.PAUSE_PUBLISHER)
                .slowConsumerPolicy("chart:*", SlowConsumerPolicy.DROP_OLDEST);
        // end::policies[]
        // tag::latest[]
        market.on(
                "quote",
                Quote.class,
                (socket, quote) ->
                        market.to("prices").latest("price:" + quote.pair()).emit("price", quote.pair(), quote.price()));
        // end::latest[]
        market.onConnect(socket -> socket.join("prices"));
        return server.start();
    }

    record Quote(String pair, double price) {}

    public static void main(String[] args) {
        start(3000);
    }
}
