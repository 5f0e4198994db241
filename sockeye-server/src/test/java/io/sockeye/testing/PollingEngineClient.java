// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;

/** A session on HTTP long-polling: one connection for the polls, one for the posts. */
public final class PollingEngineClient implements EngineClient {
    private final RawHttpClient polls;
    private final RawHttpClient posts;
    private final Queue<Message> received = new ArrayDeque<>();
    private String target;

    private PollingEngineClient(RawHttpClient polls, RawHttpClient posts, String target) {
        this.polls = polls;
        this.posts = posts;
        this.target = target;
    }

    /** Opens a session. The open packet is the first to be read. */
    public static PollingEngineClient open(int port, String query, String... headers) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        PollingEngineClient client = new PollingEngineClient(
                RawHttpClient.connect(address), RawHttpClient.connect(address), "/socket.io/?EIO=4&transport=polling");
        client.polls.request("GET", client.target + query, headers);
        client.readPoll();
        String open = client.received.element().text();
        String sid = open.substring(open.indexOf("\"sid\":\"") + 7);
        client.target += "&sid=" + sid.substring(0, sid.indexOf('"'));
        return client;
    }

    /** Sends a poll, to be answered when there is something to be told. */
    public PollingEngineClient poll() throws IOException {
        polls.request("GET", target);
        return this;
    }

    /** Reads the answer of the poll that was sent. */
    public void readPoll() throws IOException {
        RawHttpClient.Response answer = polls.read();
        if (answer.status() != 200) {
            throw new EOFException(answer.statusLine() + " " + answer.body());
        }
        for (String packet : answer.body().split("\u001e", -1)) {
            received.add(message(packet));
        }
    }

    private static Message message(String packet) {
        return packet.startsWith("b")
                ? new Message(false, Base64.getDecoder().decode(packet.substring(1)))
                : new Message(true, packet.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void send(String packet) throws IOException {
        byte[] body = packet.getBytes(StandardCharsets.UTF_8);
        posts.send(RawHttpClient.head(
                "POST", target, "Content-Type: text/plain;charset=UTF-8", "Content-Length: " + body.length));
        posts.send(body);
        RawHttpClient.Response answer = posts.read();
        if (!answer.body().equals("ok")) {
            throw new IOException(answer.statusLine() + " " + answer.body());
        }
    }

    @Override
    public void sendBinary(byte[] data) throws IOException {
        send("b" + Base64.getEncoder().encodeToString(data));
    }

    @Override
    public Message read() throws IOException {
        while (received.isEmpty()) {
            poll();
            readPoll();
        }
        Message message = received.remove();
        if (message.isText() && message.text().equals("1")) {
            throw new EOFException("the server closed the session");
        }
        return message;
    }

    @Override
    public void leave() throws IOException {
        send("1");
    }

    @Override
    public boolean ended() throws IOException {
        try {
            for (Message message = read(); message.text().equals("6"); message = read()) {
                // the last answer begins with a packet that means nothing
            }
            return false;
        } catch (EOFException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        polls.close();
        posts.close();
    }
}
