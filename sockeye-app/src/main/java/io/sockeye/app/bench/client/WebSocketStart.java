// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import io.sockeye.app.bench.wire.PacketTemplate;
import io.sockeye.app.bench.wire.Stamp;

/** What happens on a WebSocket before the session is set up. Without state; any thread. */
interface WebSocketStart {
    /** The request that asks for the WebSocket. */
    String request(Session session);

    /** The server has switched. */
    void switched(Session session, WebSocketTransport transport);

    /** A text message. */
    void text(Session session, WebSocketTransport transport, ByteBuf in, int at, int length);

    /** A session that begins with the WebSocket. */
    WebSocketStart FIRST = new WebSocketStart() {
        @Override
        public String request(Session session) {
            return Requests.webSocket(session, "");
        }

        @Override
        public void switched(Session session, WebSocketTransport transport) {
            session.carriedBy(transport);
            if (session.loop().target().raw()) {
                session.opened();
            }
        }

        @Override
        public void text(Session session, WebSocketTransport transport, ByteBuf in, int at, int length) {
            if (length > 0 && in.getByte(at) == '0') {
                session.opened();
            } else {
                session.text(in, at, length);
            }
        }
    };

    /** A WebSocket that takes over a session from long-polling. */
    static WebSocketStart takeover(String sid) {
        return new Takeover(sid);
    }

    /** Asks whether the way is free, and moves. */
    record Takeover(String sid) implements WebSocketStart {
        private static final PacketTemplate PROBE = PacketTemplate.text("2probe");
        private static final PacketTemplate UPGRADE = PacketTemplate.text("5");

        @Override
        public String request(Session session) {
            return Requests.webSocket(session, sid);
        }

        @Override
        public void switched(Session session, WebSocketTransport transport) {
            transport.send(PROBE, Stamp.NONE, 0, 1);
        }

        @Override
        public void text(Session session, WebSocketTransport transport, ByteBuf in, int at, int length) {
            if (length > 0 && in.getByte(at) == '3') {
                transport.send(UPGRADE, Stamp.NONE, 0, 1);
                session.movedTo(transport);
            } else {
                session.text(in, at, length);
            }
        }
    }
}
