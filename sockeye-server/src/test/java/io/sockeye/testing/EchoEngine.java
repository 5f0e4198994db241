// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.sockeye.api.Cors;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.SlowConsumerPolicy;
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
import io.sockeye.internal.transport.HttpListener;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacketType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Engine.IO without Socket.IO on it, where every message comes back as it was. One server and its clients for each test. */
public final class EchoEngine implements AfterEachCallback {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Queue<DisconnectReason> ends = new ConcurrentLinkedQueue<>();
    private InetSocketAddress address = new InetSocketAddress(0);

    /** Options with a heartbeat that does not come within a test. */
    public static EngineOptions options(boolean allowVersion3, Cors cors) {
        return options(allowVersion3, cors, 60_000);
    }

    /** Options with a heartbeat whose interval and time-out are the same. */
    public static EngineOptions options(boolean allowVersion3, Cors cors, long pingMillis) {
        return new EngineOptions(
                pingMillis,
                pingMillis,
                10_000,
                100_000,
                Set.of(TransportName.POLLING, TransportName.WEBSOCKET),
                true,
                allowVersion3,
                cors,
                new OutboxBounds(1_000_000, 1_000, SlowConsumerPolicy.DISCONNECT));
    }

    /** Starts a server, with one event loop so that all sessions share it. */
    public EngineServer start(EngineOptions options) {
        HttpListener listener =
                new NettyHttpListener(HttpListenerSettings.defaults().withLoops(1));
        List<TimerWheel> wheels = listener.loops().stream()
                .map(loop -> new TimerWheel(loop, System::nanoTime))
                .toList();
        EngineServer engine = new EngineServer(
                options, wheels, Echo::new, new OutboxCounters(), new SecretIds(new SecureRandom()), Clock.systemUTC());
        opened.add(() -> listener.close(1_000));
        address = listener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), engine);
        return engine;
    }

    /** A new connection. */
    public RawHttpClient connect() throws IOException {
        return closing(RawHttpClient.connect(address));
    }

    /** A new WebSocket, or the refusal of one. */
    public RawWebSocketClient webSocket(String target, String... fields) throws IOException {
        return closing(RawWebSocketClient.connect(address, target, fields));
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Why sessions have ended, in order. */
    public Queue<DisconnectReason> ends() {
        return ends;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
        ends.clear();
    }

    private final class Echo implements SessionListener {
        private final EngineSession session;

        Echo(EngineSession session) {
            this.session = session;
        }

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
            ends.add(reason);
        }
    }
}
