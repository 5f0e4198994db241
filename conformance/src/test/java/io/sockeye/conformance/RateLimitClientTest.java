// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.api.RateLimit;
import io.sockeye.api.Status;
import io.sockeye.event.Args;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unmodified clients that send too fast. The limit refills so slowly that no test sees it. */
@Tag("client")
class RateLimitClientTest {
    static Stream<NodeScript> rates() throws IOException {
        return NodeScript.ofSuite("rates");
    }

    @ParameterizedTest
    @MethodSource
    void rates(NodeScript script) throws IOException, InterruptedException {
        try (Sockeye server =
                Sockeye.builder().port(0).eventLoops(2).allowEIO3(true).build()) {
            server.namespace("/")
                    .rateLimit("message", new RateLimit(1, Duration.ofDays(1), 10))
                    .onConnect(socket -> socket.attach(AtomicInteger.class, new AtomicInteger()))
                    .on("message", Args.class, Status.class, (socket, message) -> {
                        socket.get(AtomicInteger.class).incrementAndGet();
                        return Status.success();
                    })
                    .on(
                            "handled",
                            Args.class,
                            Integer.class,
                            (socket, nothing) -> socket.get(AtomicInteger.class).get())
                    .on("other", Args.class, Status.class, (socket, payload) -> Status.success());
            server.start();
            String url = "http://127.0.0.1:" + server.port();
            script.run(Map.of("SOCKEYE_URL", url, "SOCKEYE_MSGPACK_URL", url));
        }
    }
}
