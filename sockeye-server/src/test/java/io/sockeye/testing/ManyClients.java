// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Many WebSocket clients that have joined the main namespace, on one thread of their own, {@link #THREAD}. They count the
 * messages that come and look at none. {@link #send} and {@link #await} allocate nothing. For one thread at a time.
 */
public final class ManyClients implements AutoCloseable {
    /** The name of the thread that reads and writes for all. */
    public static final String THREAD = "many-clients";

    /** A CONNECT of the main namespace, in JSON. */
    public static final byte[] JOIN = RawWebSocketClient.frame(RawWebSocketClient.TEXT, RawWebSocketClient.utf8("40"));

    private static final byte[] PONG = RawWebSocketClient.frame(RawWebSocketClient.TEXT, RawWebSocketClient.utf8("3"));
    private static final long DEADLINE_NANOS = 60_000_000_000L;
    private static final long PAUSE_NANOS = 20_000;

    private final List<Client> clients = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final AtomicLong received = new AtomicLong();
    private final AtomicReference<Sending> sending = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, THREAD);
    private volatile boolean closed;
    private volatile RuntimeException failure;

    /** What {@link #send} sends: the same frame by the first of the clients. */
    public static final class Sending {
        private final int clients;
        private final byte[] frame;

        public Sending(int clients, byte[] frame) {
            this.clients = clients;
            this.frame = frame;
        }

        public int clients() {
            return clients;
        }
    }

    /**
     * Connects them, one after the other.
     *
     * @param join the frame of the CONNECT
     */
    public ManyClients(int port, int count, byte[] join) throws IOException {
        for (int i = 0; i < count; i++) {
            Client client = new Client(port);
            clients.add(client);
            client.join(join);
        }
        for (Client client : clients) {
            client.channel.configureBlocking(false);
            client.channel.register(selector, SelectionKey.OP_READ, client);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Has clients send; returns before they have. What was given before must have been answered. */
    public void send(Sending what) {
        sending.set(what);
        selector.wakeup();
    }

    /** How many messages have come, pings included. */
    public long received() {
        return received.get();
    }

    /** Waits until so many messages have come since the start. */
    public void await(long messages) {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (received.get() < messages) {
            RuntimeException cause = failure;
            if (cause != null) {
                throw cause;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("expected " + messages + " messages, got " + received.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready);
                Sending what = sending.getAndSet(null);
                for (int i = 0; what != null && i < what.clients; i++) {
                    clients.get(i).write(what.frame);
                }
            }
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void ready(SelectionKey key) {
        try {
            int messages = ((Client) key.attachment()).read();
            received.addAndGet(messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    /** One connection. */
    private static final class Client {
        private static final ByteBuffer IN = ByteBuffer.allocateDirect(64 * 1024);

        final SocketChannel channel;

        /* The frame that has come in part: the bytes of its head, then how much of its payload is missing. */
        private final byte[] head = new byte[10];
        private int headBytes;
        private long missing;

        Client(int port) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.socket().setTcpNoDelay(true);
        }

        /** Shakes hands and waits for the open packet and the answer to the CONNECT. */
        void join(byte[] join) throws IOException {
            write(RawWebSocketClient.handshake("/socket.io/?EIO=4&transport=websocket")
                    .getBytes(StandardCharsets.ISO_8859_1));
            write(join);
            int line = 0;
            while (line != 0x0d0a0d0a) {
                ByteBuffer one = ByteBuffer.allocate(1);
                if (channel.read(one) < 0) {
                    throw new EOFException("the server closed the connection instead of shaking hands");
                }
                line = line << 8 | one.get(0);
            }
            for (int messages = 0; messages < 2; ) {
                messages += read();
            }
        }

        void write(byte[] bytes) throws IOException {
            ByteBuffer out = ByteBuffer.wrap(bytes);
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** Reads once. How many messages have ended. */
        int read() throws IOException {
            IN.clear();
            if (channel.read(IN) < 0) {
                throw new EOFException("the server closed the connection");
            }
            IN.flip();
            int messages = 0;
            while (IN.hasRemaining()) {
                messages += take();
            }
            return messages;
        }

        private int take() throws IOException {
            if (missing == 0) {
                head[headBytes++] = IN.get();
                if (headBytes < 2 || headBytes < headLength()) {
                    return 0;
                }
                missing = payloadLength();
            } else {
                long taken = Math.min(missing, IN.remaining());
                boolean ping = missing == 1 && headBytes == 2 && IN.get(IN.position()) == '2' && head[1] == 1;
                IN.position(IN.position() + (int) taken);
                missing -= taken;
                if (ping) {
                    write(PONG);
                }
            }
            if (missing > 0) {
                return 0;
            }
            headBytes = 0;
            return 1;
        }

        private int headLength() {
            return head[1] == 127 ? 10 : head[1] == 126 ? 4 : 2;
        }

        private long payloadLength() {
            ByteBuffer bytes = ByteBuffer.wrap(head);
            return head[1] == 127 ? bytes.getLong(2) : head[1] == 126 ? bytes.getShort(2) & 0xffff : head[1];
        }
    }
}
