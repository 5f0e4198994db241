// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** A connection that writes whatever it is told and says what became of it. Never waits longer than it is told to. One thread only. */
final class RawConnection implements AutoCloseable {
    private static final int SMALL_BUFFER = 4_096;
    private static final int POLL_MILLIS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "GET %s HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "%s",
            "");

    private final SocketChannel channel;
    private final Incoming incoming = new Incoming();
    private final ByteBuffer input = ByteBuffer.allocate(1 << 13);
    private final long opened = System.nanoTime();
    private boolean broken;

    private RawConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static RawConnection open(int port) throws IOException {
        return open(port, 0);
    }

    /** Opens one that has little room for what it does not read. */
    static RawConnection openNarrow(int port) throws IOException {
        return open(port, SMALL_BUFFER);
    }

    private static RawConnection open(int port, int receiveBuffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            return new RawConnection(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Asks for a WebSocket; the answer is yet to be read. */
    RawConnection shakeHands(String target, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        write(HANDSHAKE.formatted(target, more));
        return this;
    }

    /** Opens a session of Engine.IO 4 on a WebSocket. */
    RawConnection openSession(String... fields) {
        shakeHands("/socket.io/?EIO=4&transport=websocket", fields);
        readUntil(text -> text.startsWith("0{"), PATIENCE);
        return this;
    }

    /** Opens a session and joins the main namespace. */
    RawConnection join() {
        openSession();
        write(Frames.text("40"));
        readUntil(text -> text.startsWith("40{"), PATIENCE);
        return this;
    }

    boolean write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean write(byte[] bytes) {
        return write(bytes, PATIENCE);
    }

    /** Returns whether the server took all of it. What it answers meanwhile is not read. */
    boolean write(byte[] bytes, Duration patience) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!broken && buffer.hasRemaining() && System.nanoTime() < deadline) {
                if (channel.write(buffer) == 0) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
        } catch (IOException e) {
            broken = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !buffer.hasRemaining();
    }

    /** Reads until a message comes of which this holds, or the end; returns it, or an empty text. */
    String readUntil(Predicate<String> wanted, Duration patience) {
        incoming.want(wanted);
        read(patience);
        return incoming.found();
    }

    /** Reads what is there. */
    void drain() {
        readAvailable();
    }

    /** Reads until the connection ends, or the time is over, and says how it ended. */
    String outcome(Duration patience) {
        incoming.want(text -> false);
        read(patience);
        return incoming.verdict();
    }

    /** Reads all there is, and returns whether the connection ended meanwhile. */
    boolean ends(Duration patience) {
        outcome(patience);
        return incoming.ended();
    }

    /** Reads until there is an HTTP answer, the end, or the time is over. */
    String answer() {
        return answer(PATIENCE);
    }

    String answer(Duration patience) {
        incoming.wantAnswer();
        read(patience);
        return incoming.verdict();
    }

    /** What came behind the head of an answer. */
    String body() {
        return incoming.rest();
    }

    /** Seconds since it was opened. */
    long age() {
        return Duration.ofNanos(System.nanoTime() - opened).toSeconds();
    }

    private void read(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!incoming.done() && System.nanoTime() < deadline) {
                if (!readAvailable()) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean readAvailable() {
        if (incoming.ended()) {
            return false;
        }
        try {
            int count = channel.read(input.clear());
            if (count < 0) {
                incoming.end();
            } else {
                incoming.add(input.flip());
            }
            return count > 0;
        } catch (IOException e) {
            incoming.end();
            return false;
        }
    }

    /** Ends it without a word and without waiting. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
