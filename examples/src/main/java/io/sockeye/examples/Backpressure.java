// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
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
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
