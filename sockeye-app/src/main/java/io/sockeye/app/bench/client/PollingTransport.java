// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sockeye.app.bench.wire.PacketTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A session over long-polling: one connection on which a GET always waits, and one for POSTs, of which one is under way at
 * a time and the next takes all that has gathered. Event loop only.
 */
final class PollingTransport implements Transport, HttpConnection.Answers {
    private static final byte SEPARATOR = 0x1e;
    private static final String SID = "\"sid\":\"";
    private static final String POST_FIELDS = "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: ";

    private final Session session;
    private final boolean upgrades;
    private final ByteBuf queued = Unpooled.buffer(256);
    private HttpConnection polls;
    private @Nullable HttpConnection posts;
    private String sid = "";
    private boolean reading;
    private boolean moving;
    private boolean leaving;
    private boolean closed;

    /**
     * A transport.
     *
     * @param upgrades whether the session moves to a WebSocket once its namespace is joined
     */
    PollingTransport(Session session, boolean upgrades) {
        this.session = session;
        this.upgrades = upgrades;
        polls = new HttpConnection(session.loop(), this);
    }

    /** Asks for a session. */
    void start() {
        session.carriedBy(this);
        session.loop().connect(session, polls);
        polls.ask(ascii(Requests.poll(session, "")));
    }

    @Override
    public void send(PacketTemplate packet, long stamp, int id, int times) {
        for (int i = 0; i < times; i++) {
            separate();
            if (packet.isBinary()) {
                ByteBuf bytes = Unpooled.buffer(packet.packetLength());
                packet.writePacket(bytes, stamp, id);
                queued.writeByte('b').writeBytes(Base64.getEncoder().encode(bytes.array()));
            } else {
                packet.writePacket(queued, stamp, id);
            }
        }
        post();
    }

    @Override
    public void sendPong() {
        separate();
        queued.writeByte('3');
        post();
    }

    @Override
    public boolean settled() {
        if (!upgrades) {
            return true;
        }
        if (!moving) {
            moving = true;
            session.loop().connect(session, new WebSocketTransport(session, WebSocketStart.takeover(sid)));
        }
        return false;
    }

    @Override
    public void stopReading() {
        polls.stopReading();
    }

    @Override
    public void leave() {
        leaving = true;
        separate();
        queued.writeByte('1');
        post();
    }

    @Override
    public void abort() {
        closed = true;
        polls.close();
        if (posts != null) {
            posts.close();
        }
    }

    @Override
    public void answered(HttpConnection connection, int status, ByteBuf in, int at, int length) {
        if (closed) {
            return;
        }
        if (status != 200) {
            session.lost("the server answered with status " + status + ": " + Session.shown(in, at, length));
            return;
        }
        if (connection == polls) {
            polled(in, at, length);
        } else if (leaving && !queued.isReadable()) {
            abort();
        }
        post();
    }

    @Override
    public void closed(HttpConnection connection, boolean asked, String reason) {
        if (connection == posts) {
            posts = null;
        }
        if (closed || (connection != polls && !asked)) {
            return;
        }
        if (leaving) {
            abort();
        } else if (connection == polls && !asked) {
            // The server ends connections that were used for a while: the next request takes another.
            polls = new HttpConnection(session.loop(), this);
            session.loop().connect(session, polls);
        } else {
            session.lost(reason);
        }
    }

    private void polled(ByteBuf in, int at, int length) {
        reading = true;
        int end = at + length;
        for (int start = at; start < end && !closed; ) {
            int separator = in.indexOf(start, end, SEPARATOR);
            int stop = separator < 0 ? end : separator;
            packet(in, start, stop - start);
            start = stop + 1;
        }
        reading = false;
        if (!closed && !moving && !leaving) {
            polls.ask(ascii(Requests.poll(session, sid)));
        }
    }

    private void packet(ByteBuf in, int at, int length) {
        if (length == 0) {
            return;
        }
        byte first = in.getByte(at);
        if (sid.isEmpty()) {
            open(in.toString(at, length, StandardCharsets.UTF_8));
        } else if (first == 'b') {
            binary(in, at + 1, length - 1);
        } else {
            session.text(in, at, length);
        }
    }

    private void open(String packet) {
        int start = packet.indexOf(SID) + SID.length();
        int end = packet.indexOf('"', start);
        if (!packet.startsWith("0") || start < SID.length() || end < 0) {
            session.lost("the server opened no session but said " + packet);
            return;
        }
        sid = packet.substring(start, end);
        session.opened();
    }

    private void binary(ByteBuf in, int at, int length) {
        int wanted = Math.min(session.wanted(), length) / 4 * 4;
        byte[] digits = new byte[wanted];
        in.getBytes(at, digits);
        byte[] bytes = Base64.getDecoder().decode(digits);
        session.binary(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }

    private void separate() {
        if (queued.isReadable()) {
            queued.writeByte(SEPARATOR);
        }
    }

    private void post() {
        if (reading || closed || !queued.isReadable() || (posts != null && posts.busy())) {
            return;
        }
        if (posts == null) {
            posts = new HttpConnection(session.loop(), this);
            session.loop().connect(session, posts);
        }
        ByteBuf request = ascii(Requests.post(session, sid) + POST_FIELDS + queued.readableBytes() + "\r\n\r\n");
        request.writeBytes(queued);
        queued.clear();
        posts.ask(request);
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.buffer(text.length() + 256).writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
