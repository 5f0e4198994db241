// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket connection with no more to it than the soak needs: short text frames out, any text frames in. One thread only. */
final class SoakClient implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 30_000;
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
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int LONGEST = 125;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(256);

    private SoakClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1_024));
        this.out = socket.getOutputStream();
    }

    /** Connects, shakes hands and reads the open packet. */
    static SoakClient connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        SoakClient client = new SoakClient(socket);
        client.out.write(HANDSHAKE.getBytes(StandardCharsets.ISO_8859_1));
        client.skipHead();
        client.expectPast("0{", "4");
        return client;
    }

    private void skipHead() throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = in.readUnsignedByte();
            boolean fits = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = fits ? matched + 1 : 0;
        }
    }

    /** Adds a packet to those that leave with the next {@link #flush}. */
    void add(String packet) {
        byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("expected at most " + LONGEST + " bytes, got " + bytes.length);
        }
        batch.write(TEXT);
        batch.write(MASKED | bytes.length);
        // A mask of zeros leaves the bytes as they are.
        batch.writeBytes(new byte[4]);
        batch.writeBytes(bytes);
    }

    /** Sends what was added, in one write. */
    void flush() throws IOException {
        out.write(batch.toByteArray());
        batch.reset();
    }

    /** Reads the packet that begins so, past pings and packets that begin as the other does. */
    void expectPast(String begin, String other) throws IOException {
        String packet = read();
        while (packet.equals("2") || packet.startsWith(other)) {
            if (packet.equals("2")) {
                add("3");
                flush();
            }
            packet = read();
        }
        if (!packet.startsWith(begin)) {
            throw new IOException("expected a packet that begins with " + begin + ", got " + packet);
        }
    }

    private String read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == LONGEST + 1) {
            length = in.readUnsignedShort();
        }
        if (first != TEXT) {
            throw new EOFException("the server ended the connection: frame " + Integer.toHexString(first));
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
