// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

/** Heads of HTTP requests. Any thread. */
final class Requests {
    /** Servers answer to the key; nothing asks that it be another each time. */
    private static final String WEBSOCKET_FIELDS = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: c29ja2V5ZSBiZW5jaCBrZQ==",
            "",
            "");

    private Requests() {}

    /** Asks for a WebSocket: a plain one, a new session, or one that takes over a session. */
    static String webSocket(Session session, String sid) {
        Target target = session.loop().target();
        String query = target.raw() ? target.path() : query(target, "websocket", sid);
        return head(session, "GET", query) + WEBSOCKET_FIELDS;
    }

    /** Asks for a session, or for the packets of one. */
    static String poll(Session session, String sid) {
        return head(session, "GET", query(session.loop().target(), "polling", sid)) + "\r\n";
    }

    /** Brings packets; further fields and the empty line are to follow. */
    static String post(Session session, String sid) {
        return head(session, "POST", query(session.loop().target(), "polling", sid));
    }

    private static String query(Target target, String transport, String sid) {
        char separator = target.path().indexOf('?') < 0 ? '?' : '&';
        String known = sid.isEmpty() ? "" : "&sid=" + sid;
        return target.path() + separator + "EIO=4&transport=" + transport + known;
    }

    private static String head(Session session, String method, String path) {
        ClientLoop loop = session.loop();
        return method + " " + path + " HTTP/1.1\r\nHost: " + loop.target().authority() + "\r\n"
                + loop.credentials().headerLines(session.number());
    }
}
