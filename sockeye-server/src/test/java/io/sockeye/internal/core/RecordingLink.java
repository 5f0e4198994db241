// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.SendResult;
import io.sockeye.internal.limits.ConnectionRates;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that keeps what broadcasts bring. Its list belongs to the loop. */
final class RecordingLink implements Link {
    static final WireFormats FORMATS = new WireFormats(List.of(new JsonFormat()));

    final List<String> delivered = new ArrayList<>();
    private final Loop loop;
    private final TimerWheel wheel;

    RecordingLink(Loop loop) {
        this(loop, new TimerWheel(loop, System::nanoTime));
    }

    RecordingLink(Loop loop, TimerWheel wheel) {
        this.loop = loop;
        this.wheel = wheel;
    }

    /** A socket on a connection like this. */
    SocketImpl socket(String id, NamespaceImpl namespace) {
        HttpRequest request = new HttpRequest("GET", "/", "/", Headers.of(), "127.0.0.1", false, new byte[0]);
        return new SocketImpl(
                id, namespace, this, new HandshakeImpl(FirstRequest.of(request, Instant.EPOCH), "/", null));
    }

    @Override
    public Loop loop() {
        return loop;
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
        loop.assertInLoop();
        delivered.add(new String(packet.head(), StandardCharsets.UTF_8));
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
        // the test has no connection
    }

    @Override
    public void disconnectAll() {
        // the test has no connection
    }

    @Override
    public EncodedPacket admission(String namespace, String socketId, @Nullable String recoveryId) {
        return format().connect(namespace, socketId, recoveryId);
    }

    @Override
    public boolean recoverable() {
        return true;
    }

    @Override
    public void breakOff() {
        throw new UnsupportedOperationException("expected no connection to be broken off");
    }
}
