// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A client that sends and expects Socket.IO packets as they are written on the wire, without the digit of the Engine.IO layer.
 * In the packets given to it, single quotes stand for double ones. Pings are answered while it reads. A wait that fails shows
 * what came. Not thread-safe.
 */
public final class SocketIoClient implements AutoCloseable {
    /** How many messages a failure shows, and how much of each. */
    private static final int SHOWN = 100;

    private final EngineClient engine;
    private final Queue<String> seen = new ArrayDeque<>();
    private final String openPacket;
    private String id = "";

    /** Takes over a session that has just been opened. */
    public SocketIoClient(EngineClient engine) throws IOException {
        this.engine = engine;
        this.openPacket = engine.read().text();
    }

    /** A client on a WebSocket that has joined the main namespace. */
    public static SocketIoClient connect(int port) throws IOException {
        return new SocketIoClient(WebSocketEngineClient.open(port, "")).join("/");
    }

    /** A client on long-polling that has joined the main namespace. */
    public static SocketIoClient connectPolling(int port) throws IOException {
        return new SocketIoClient(PollingEngineClient.open(port, "")).join("/");
    }

    public String openPacket() {
        return openPacket;
    }

    public EngineClient engine() {
        return engine;
    }

    /** The id of the socket that was joined last. */
    public String id() {
        return id;
    }

    /** Joins a namespace and waits to be let in. */
    public SocketIoClient join(String namespace) throws IOException {
        return join(namespace, "");
    }

    /** Joins a namespace with an auth object and waits to be let in. */
    public SocketIoClient join(String namespace, String auth) throws IOException {
        String prefix = "0" + (namespace.equals("/") ? "" : namespace + ",");
        send(prefix + auth);
        String answer = next();
        String begin = prefix + json("{'sid':'");
        if (!answer.startsWith(begin)) {
            throw unexpected("an answer that begins with " + begin, answer);
        }
        id = answer.substring(begin.length(), answer.length() - 2);
        return this;
    }

    public SocketIoClient send(String packet) throws IOException {
        engine.send("4" + json(packet));
        return this;
    }

    public SocketIoClient sendBinary(byte[] data) throws IOException {
        engine.sendBinary(data);
        return this;
    }

    /** The next packet. */
    public String next() throws IOException {
        EngineClient.Message message = nextMessage();
        if (!message.isText() || !message.text().startsWith("4")) {
            throw unexpected("a Socket.IO packet", message.toString());
        }
        return message.text().substring(1);
    }

    /** The next binary message. */
    public byte[] nextBinary() throws IOException {
        EngineClient.Message message = nextMessage();
        if (message.isText()) {
            throw unexpected("a binary message", message.text());
        }
        return message.bytes();
    }

    private EngineClient.Message nextMessage() throws IOException {
        while (true) {
            EngineClient.Message message = read();
            if (message.isText() && message.text().equals("2")) {
                engine.send("3");
            } else if (!message.isText() || !message.text().equals("6")) {
                return message;
            }
        }
    }

    private EngineClient.Message read() throws IOException {
        try {
            EngineClient.Message message = engine.read();
            remember(message.toString());
            return message;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came in time; seen so far: " + seen, e);
        } catch (EOFException e) {
            throw new AssertionError(e.getMessage() + "; seen so far: " + seen, e);
        }
    }

    private void remember(String message) {
        if (seen.size() == SHOWN) {
            seen.remove();
        }
        seen.add(message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message);
    }

    /** Waits for exactly these packets in this order, with nothing in between. */
    public SocketIoClient expect(String... packets) throws IOException {
        for (String packet : packets) {
            String expected = json(packet);
            String came = next();
            if (!came.equals(expected)) {
                throw unexpected(expected, came);
            }
        }
        return this;
    }

    /** All packets up to one, that one left out. */
    public List<String> until(String last) throws IOException {
        String expected = json(last);
        List<String> packets = new ArrayList<>();
        for (String packet = next(); !packet.equals(expected); packet = next()) {
            packets.add(packet);
        }
        return packets;
    }

    private AssertionError unexpected(String expected, String came) {
        return new AssertionError("expected " + expected + "\n but came " + came + "\n seen so far: " + seen);
    }

    /** Waits until the server has ended the session, with no packet before. */
    public boolean ended() throws IOException {
        return engine.ended();
    }

    /** Closes as a client does that leaves. */
    public void leave() throws IOException {
        engine.leave();
    }

    /** Text with double quotes in place of single ones. */
    public static String json(String text) {
        return text.replace('\'', '"');
    }

    /** Breaks the connection off. */
    @Override
    public void close() throws IOException {
        engine.close();
    }
}
