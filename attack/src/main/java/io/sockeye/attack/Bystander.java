// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A well-behaved client. One thread at a time. */
final class Bystander {
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");
    private static final String TICK = "42[\"tick\",";
    private static final int DEADLINE_MILLIS = 20_000;

    private final SocketChannel channel;
    private final RoomLog room;
    private final ByteBuffer input = ByteBuffer.allocate(1 << 14);

    /** When the echoes that wait were asked for, in order. */
    private final Deque<Long> waiting = new ArrayDeque<>();

    private long asked;
    private long answered;
    private long nextTick;
    private long nextEcho;
    private long faults;
    private boolean connected = true;

    private Bystander(SocketChannel channel, RoomLog room) {
        this.channel = channel;
        this.room = room;
        this.nextTick = room.count();
    }

    /** Connects and joins the room. */
    static Bystander join(int port, RoomLog room) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        try {
            return join(channel, room);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Bystander join(SocketChannel channel, RoomLog room) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().setSoTimeout(DEADLINE_MILLIS);
        InputStream in = channel.socket().getInputStream();
        Bystander bystander = new Bystander(channel, room);
        bystander.write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
        skipHead(in);
        expect(in, "0{");
        bystander.write(Frames.text("40"));
        expect(in, "40{");
        bystander.write(Frames.text("420[\"join\",\"" + AttackedServer.ROOM + "\"]"));
        expect(in, "430[");
        channel.configureBlocking(false);
        return bystander;
    }

    private static void skipHead(InputStream in) throws IOException {
        for (int matched = 0; matched < 4; ) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("a bystander was not let in");
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : 0;
        }
    }

    /** Reads until a message comes; what others say in the room may come before it. */
    private static void expect(InputStream in, String beginning) throws IOException {
        DataInputStream data = new DataInputStream(in);
        String text = next(data);
        while (text.startsWith(TICK)) {
            text = next(data);
        }
        if (!text.startsWith(beginning)) {
            throw new IOException("a bystander expected " + beginning + " and got " + text);
        }
    }

    private static String next(DataInputStream data) throws IOException {
        data.readByte();
        int length = data.readUnsignedByte();
        byte[] text = new byte[length < 126 ? length : data.readUnsignedShort()];
        data.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    SocketChannel channel() {
        return channel;
    }

    boolean connected() {
        return connected;
    }

    /** Forgets what is missing, and is to ask at this time. */
    void begin(long firstEcho) {
        waiting.clear();
        answered = asked;
        faults = 0;
        nextTick = room.count();
        nextEcho = firstEcho;
    }

    void echo(long now, long interval) {
        if (now >= nextEcho && connected) {
            nextEcho = Math.max(nextEcho + interval, now);
            waiting.add(now);
            write(Frames.text("42" + asked++ + "[\"echo\",\"a well-behaved client\"]"));
        }
    }

    void publish(long number) {
        write(Frames.text("42[\"publish\"," + number + "]"));
    }

    /** What has not come, or came in the wrong place. A client that was disconnected misses at least that. */
    long missing() {
        return waiting.size() + (room.count() - nextTick) + faults + (connected ? 0 : 1);
    }

    void read(Histogram roundTrips) {
        try {
            int count = channel.read(input);
            if (count < 0) {
                disconnected();
            }
            input.flip();
            boolean whole = true;
            while (whole) {
                whole = readFrame(roundTrips);
            }
            input.compact();
        } catch (IOException e) {
            disconnected();
        }
    }

    private void disconnected() {
        connected = false;
        try {
            channel.close();
        } catch (IOException e) {
            faults++;
        }
    }

    private boolean readFrame(Histogram roundTrips) {
        if (input.remaining() < 2) {
            return false;
        }
        int start = input.position();
        int length = input.get(start + 1) & 0x7f;
        int head = length < 126 ? 2 : 4;
        if (length == 126 && input.remaining() >= head) {
            length = input.getShort(start + 2) & 0xffff;
        }
        if (input.remaining() < head + length) {
            return false;
        }
        byte[] payload = new byte[length];
        input.position(start + head);
        input.get(payload);
        take(new String(payload, StandardCharsets.UTF_8), System.nanoTime(), roundTrips);
        return true;
    }

    private void take(String text, long now, Histogram roundTrips) {
        if (text.equals("2")) {
            write(Frames.text("3"));
        } else if (text.startsWith(TICK)) {
            long number = Long.parseLong(text.substring(TICK.length(), text.length() - 1));
            if (number == nextTick) {
                nextTick++;
                record(now - room.sentAt(number), roundTrips);
            } else if (number > nextTick) {
                faults += number - nextTick;
                nextTick = number + 1;
            }
        } else if (text.startsWith("43")) {
            long id = Long.parseLong(text.substring(2, text.indexOf('[')));
            Long sent = id == answered ? waiting.poll() : null;
            if (sent == null) {
                faults++;
            } else {
                answered++;
                record(now - sent, roundTrips);
            }
        }
    }

    private static void record(long nanos, Histogram roundTrips) {
        roundTrips.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), roundTrips.getHighestTrackableValue()));
    }

    /** Few bytes, which a server that reads takes at once; what it does not take is missed later. */
    private void write(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            channel.write(buffer);
            if (buffer.hasRemaining()) {
                faults++;
            }
        } catch (IOException e) {
            connected = false;
        }
    }
}
