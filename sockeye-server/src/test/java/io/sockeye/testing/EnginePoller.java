// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Polls and posts as raw requests, for one session. Not thread-safe. */
public final class EnginePoller {
    private final EchoEngine engine;
    private final String target;
    private final RawHttpClient.Response handshake;
    private final String sid;
    private final RawHttpClient polls;
    private final RawHttpClient posts;

    private EnginePoller(EchoEngine engine, String query, String... fields) throws IOException {
        this.engine = engine;
        this.target = "/engine.io/?transport=polling" + query;
        this.polls = engine.connect();
        this.posts = engine.connect();
        this.handshake = polls.request("GET", target, fields).read();
        String body = handshake.body();
        int start = body.indexOf("sid") + 3;
        this.sid = body.substring(start).replaceFirst("[^A-Za-z0-9_-]*([A-Za-z0-9_-]*)(?s:.*)", "$1");
    }

    /** Opens a session with more of a query, such as {@code &EIO=3}, and header fields. */
    public static EnginePoller open(EchoEngine engine, String query, String... fields) throws IOException {
        return new EnginePoller(engine, query, fields);
    }

    /** The answer to the first request. */
    public RawHttpClient.Response handshake() {
        return handshake;
    }

    public String sid() {
        return sid;
    }

    /** Sends a poll and waits for its answer. */
    public RawHttpClient.Response poll(String... fields) throws IOException {
        return startPoll(fields).readPoll();
    }

    public EnginePoller startPoll(String... fields) throws IOException {
        polls.request("GET", target + "&sid=" + sid, fields);
        return this;
    }

    public RawHttpClient.Response readPoll() throws IOException {
        return polls.read();
    }

    public RawHttpClient.Response post(String body) throws IOException {
        return post("text/plain;charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttpClient.Response post(String contentType, byte[] body) throws IOException {
        posts.send(RawHttpClient.head(
                "POST", target + "&sid=" + sid, "Content-Type: " + contentType, "Content-Length: " + body.length));
        return posts.send(body).read();
    }

    /** A WebSocket for the session, with more of a query. */
    public RawWebSocketClient upgrade(String query) throws IOException {
        return engine.webSocket("/engine.io/?transport=websocket&sid=" + sid + query);
    }
}
