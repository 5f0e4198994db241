// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.LimitHit;
import io.sockeye.api.Namespace;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RateLimitScope;
import io.sockeye.api.RateLimits;
import io.sockeye.api.Status;
import java.time.Duration;
import java.util.Objects;

/** How often clients may do what they do. */
public final class RateLimited {
    record User(String name) {}

    record Message(String text) {}

    private RateLimited() {}

    static Sockeye start(int port) {
        // tag::server[]
        RateLimits limits = RateLimits.builder()
                .messages(RateLimit.of(100, Duration.ofSeconds(1)).withBurst(200))
                .bytes(RateLimit.of(1_000_000, Duration.ofSeconds(1)).withBurst(5_000_000))
                .joins(RateLimit.of(20, Duration.ofMinutes(1)))
                .handshakesPerAddress(RateLimit.of(100, Duration.ofMinutes(1)))
                .user(socket -> socket.get(User.class).name())
                .messages(RateLimitScope.USER, RateLimit.of(1_000, Duration.ofMinutes(1)))
                .strikes(RateLimit.of(100, Duration.ofMinutes(1)))
                .build();
        Sockeye server = Sockeye.builder().port(port).rateLimits(limits).build();
        // end::server[]
        Namespace namespace = server.namespace("/");
        namespace.use(handshake -> {
            String name = Objects.requireNonNullElse(handshake.auth("name"), "guest");
            handshake.attach(User.class, new User(name));
        });
        // tag::event[]
        namespace
                .rateLimit("message", RateLimit.of(10, Duration.ofSeconds(10)))
                .on("message", Message.class, Status.class, (socket, message) -> {
                    String from = socket.get(User.class).name();
                    socket.broadcast().emit("message", from, message.text());
                    return Status.success();
                });
        // end::event[]
        // tag::counters[]
        server.route("GET", "/refused", request -> {
            long refused = server.limitHits(LimitHit.EVENT_RATE);
            return HttpResponse.of(200, "text/plain", String.valueOf(refused));
        });
        // end::counters[]
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
