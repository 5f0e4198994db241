// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import io.sockeye.app.bench.wire.PacketFormat;
import io.sockeye.app.bench.wire.PacketListener;
import io.sockeye.app.bench.wire.PacketTemplate;
import io.sockeye.app.bench.wire.Stamp;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One client in one namespace. Event loop only, but for {@link #loop()} and {@link #number()}. */
public final class Session implements PacketListener {
    private enum State {
        OPENING,
        CONNECTED,
        CLOSED
    }

    private final ClientLoop loop;
    private final int number;
    private final boolean small;
    private final long startedNanos;
    private final long dueNanos;
    private @Nullable Transport transport;
    private State state = State.OPENING;
    private short id;
    private boolean ignored;

    Session(ClientLoop loop, int number, boolean small, long dueNanos) {
        this.loop = loop;
        this.number = number;
        this.small = small;
        this.dueNanos = dueNanos;
        startedNanos = loop.nanos();
    }

    /** The loop it lives on. */
    public ClientLoop loop() {
        return loop;
    }

    /** Its number: 0 for the first. */
    public int number() {
        return number;
    }

    /** When it was to begin, in nanoseconds of the run. */
    public long dueNanos() {
        return dueNanos;
    }

    /** Whether the namespace is joined and the connection open. */
    public boolean connected() {
        return state == State.CONNECTED;
    }

    /** Sends a packet. */
    public void send(PacketTemplate packet, long stamp) {
        send(packet, stamp, 1);
    }

    /** Sends a packet several times, in one write. */
    public void send(PacketTemplate packet, long stamp, int times) {
        if (transport == null) {
            return;
        }
        transport.send(packet, stamp, nextId(), times);
    }

    /** Stops reading for good: what happens to the session from now on is not told. */
    public void stall() {
        ignored = true;
        if (transport != null) {
            transport.stopReading();
        }
    }

    /** Whether {@link #stall} was called. */
    public boolean stalled() {
        return ignored;
    }

    /** Takes leave of the server. */
    public void leave() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            if (transport != null) {
                transport.leave();
            }
        }
    }

    /** Closes without a word to the server. */
    public void abort() {
        state = State.CLOSED;
        if (transport != null) {
            transport.abort();
        }
    }

    /** Whether its receive buffer in the kernel is to be small. */
    boolean small() {
        return small;
    }

    boolean closed() {
        return state == State.CLOSED;
    }

    void carriedBy(Transport carrier) {
        transport = carrier;
    }

    /** Goes on over another transport, which the server has accepted. */
    void movedTo(Transport other) {
        Transport before = transport;
        transport = other;
        if (before != null) {
            before.abort();
        }
        onConnect();
    }

    /** The first bytes of a message from the server that are enough to recognise it. */
    int wanted() {
        return state == State.OPENING ? Integer.MAX_VALUE : PacketFormat.PREFIX;
    }

    /** The session has a transport, and the server knows it: the namespace can be joined. */
    void opened() {
        if (loop.target().raw()) {
            onConnect();
            return;
        }
        send(loop.target().format().connect(loop.credentials().auth(number)), Stamp.NONE);
    }

    /** A text message of Engine.IO. */
    void text(ByteBuf in, int at, int length) {
        if (loop.target().raw()) {
            loop.target().format().read(in, at, length, this);
            return;
        }
        if (length == 0) {
            return;
        }
        switch (in.getByte(at)) {
            case '4' -> loop.target().format().read(in, at, length, this);
            case '2' -> pong();
            case '1' -> lost("the server closed the session");
            default -> {}
        }
    }

    /** A binary message of Engine.IO. */
    void binary(ByteBuf in, int at, int length) {
        loop.target().format().read(in, at, length, this);
    }

    @Override
    public void onConnect() {
        if (state == State.OPENING && (transport == null || transport.settled())) {
            state = State.CONNECTED;
            loop.meter().connection(loop.nanos() - startedNanos);
            loop.listener().connected(this);
        }
    }

    @Override
    public void onConnectError(String reason) {
        lost("the server refused the namespace: " + reason);
    }

    @Override
    public void onAcknowledgement(long stamp) {
        loop.listener().acknowledged(this, stamp);
    }

    @Override
    public void onDelivery(long stamp) {
        if (!ignored) {
            loop.listener().delivered(this, stamp);
        }
    }

    @Override
    public void onDisconnect() {
        lost("the server ended the session");
    }

    /** The session is over. Only the first call counts. */
    void lost(String reason) {
        State before = state;
        if (before == State.CLOSED) {
            return;
        }
        abort();
        if (before == State.OPENING) {
            loop.listener().failed(this, reason);
        } else {
            loop.listener().disconnected(this, reason);
        }
    }

    /** What a server said in text, cut to a length that can be shown. */
    static String shown(ByteBuf in, int at, int length) {
        return in.toString(at, Math.min(length, 200), StandardCharsets.UTF_8);
    }

    private void pong() {
        if (transport != null) {
            transport.sendPong();
        }
    }

    private int nextId() {
        id++;
        if (id < PacketTemplate.FIRST_ID || id >= PacketTemplate.ID_LIMIT) {
            id = PacketTemplate.FIRST_ID;
        }
        return id;
    }
}
