// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.api.Cors;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.guard.CorsService;
import io.sockeye.internal.core.SecretIds;
import io.sockeye.internal.engine.EngineOptions;
import io.sockeye.internal.engine.EngineServer;
import io.sockeye.internal.engine.EngineSession;
import io.sockeye.internal.engine.SessionListener;
import io.sockeye.internal.engine.TransportName;
import io.sockeye.internal.netty.HttpListenerSettings;
import io.sockeye.internal.netty.NettyHttpListener;
import io.sockeye.internal.outbox.OutboxBounds;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpListener;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacketType;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Engine.IO without Socket.IO on it: every message comes back with its type and boundaries. */
final class EngineProfile {
    private static final String PATH = "/engine.io/";

    private EngineProfile() {}

    private static EngineOptions options(boolean allowVersion3) {
        return new EngineOptions(
                300,
                200,
                10_000,
                1_000_000,
                Set.of(TransportName.POLLING, TransportName.WEBSOCKET),
                true,
                allowVersion3,
                Cors.origins("*").build(),
                new OutboxBounds(16L * 1024 * 1024, 100_000, SlowConsumerPolicy.DISCONNECT));
    }

    static RunningProfile start(int port, boolean allowVersion3) {
        EngineOptions options = options(allowVersion3);
        HttpListener listener = new NettyHttpListener(HttpListenerSettings.defaults());
        List<TimerWheel> wheels = listener.loops().stream()
                .map(loop -> new TimerWheel(loop, System::nanoTime))
                .toList();
        EngineServer engine = new EngineServer(
                options, wheels, Echo::new, new OutboxCounters(), new SecretIds(new SecureRandom()), Clock.systemUTC());
        HttpService service = new CorsService(options.cors(), engine);
        InetSocketAddress address = listener.start(new InetSocketAddress(port), exchange -> route(exchange, service));
        return new RunningProfile() {
            @Override
            public int port() {
                return address.getPort();
            }

            @Override
            public void close() {
                listener.stopAccepting();
                engine.shutDown();
                listener.close(1_000);
            }
        };
    }

    private static void route(HttpExchange exchange, HttpService engine) {
        if (exchange.head().path().startsWith(PATH)) {
            engine.handle(exchange);
        } else {
            exchange.respond(HttpResponse.of(404));
        }
    }

    /** Sends back what comes. */
    private record Echo(EngineSession session) implements SessionListener {
        @Override
        public void onText(byte[] array, int offset, int length) {
            String text = new String(array, offset, length, StandardCharsets.UTF_8);
            session.send(EncodedPacket.control(EnginePacketType.MESSAGE, text), false);
        }

        @Override
        public void onBinary(byte[] data) {
            session.send(EncodedPacket.binary(data), false);
        }

        @Override
        public void onClosed(DisconnectReason reason) {
            // nothing is kept for a session
        }
    }
}
