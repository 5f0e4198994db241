// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.SendResult;
import io.sockeye.benchmarks.InlineLoop;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.limits.ConnectionRates;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.WireFormat;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection of any number of sockets that counts what broadcasts bring and sends nothing. */
final class CountingLink implements Link {
    private static final Loop LOOP = new InlineLoop();
    private static final WireFormats FORMATS = new WireFormats(List.of(new JsonFormat()));

    private final TimerWheel wheel = new TimerWheel(LOOP, System::nanoTime);
    long delivered;

    /** A namespace on one loop. */
    static NamespaceImpl namespace() {
        SerialQueue.Bounds bounds = new SerialQueue.Bounds(10, 1_000_000);
        return new NamespaceImpl(
                "/",
                new CoreSettings(List.of(LOOP), Runnable::run, bounds, 100_000, FORMATS, MemoryAdapter::new, null));
    }

    /** A socket that is connected. */
    SocketImpl connect(String id, NamespaceImpl namespace) {
        HttpRequest request = new HttpRequest("GET", "/", "/", Headers.of(), "127.0.0.1", false, new byte[0]);
        SocketImpl socket = new SocketImpl(
                id, namespace, this, new HandshakeImpl(FirstRequest.of(request, Instant.EPOCH), "/", null));
        socket.connect();
        return socket;
    }

    @Override
    public Loop loop() {
        return LOOP;
    }

    @Override
    public TimerWheel wheel() {
        return wheel;
    }

    @Override
    public WireFormat format() {
        return FORMATS.first();
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public SendResult send(EncodedPacket packet, boolean droppable) {
        return SendResult.QUEUED;
    }

    @Override
    public boolean looksReady() {
        return true;
    }

    @Override
    public SendResult deliverShared(EncodedPacket packet, boolean droppable) {
        delivered++;
        return SendResult.QUEUED;
    }

    @Override
    public void mailboxFull(boolean full) {
        // no events come
    }

    @Override
    public ConnectionRates limits() {
        throw new UnsupportedOperationException("expected nothing to be limited");
    }

    @Override
    public void strike() {
        // nothing is limited
    }

    @Override
    public void forget(SocketImpl socket) {
        // nobody leaves
    }

    @Override
    public void disconnectAll() {
        // nobody leaves
    }

    @Override
    public EncodedPacket admission(String namespace, String socketId, @Nullable String recoveryId) {
        return format().connect(namespace, socketId, recoveryId);
    }

    @Override
    public boolean recoverable() {
        return false;
    }

    @Override
    public void breakOff() {
        // nobody leaves
    }
}
