// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** A session on a WebSocket. */
public final class WebSocketEngineClient implements EngineClient {
    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";

    private final RawWebSocketClient webSocket;

    private WebSocketEngineClient(RawWebSocketClient webSocket) {
        this.webSocket = webSocket;
    }

    /** Opens a session. The open packet is the first to be read. */
    public static WebSocketEngineClient open(int port, String query, String... headers) throws IOException {
        return open(port, 0, query, headers);
    }

    /** Opens a session with a small receive buffer, to become a slow reader soon; 0 leaves it as it is. */
    public static WebSocketEngineClient open(int port, int receiveBufferBytes, String query, String... headers)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        RawHttpClient connection = RawHttpClient.connect(address, receiveBufferBytes);
        RawWebSocketClient webSocket = RawWebSocketClient.connect(connection, TARGET + query, new byte[0], headers);
        if (webSocket.handshake().status() != 101) {
            connection.close();
            throw new IOException(webSocket.handshake().statusLine());
        }
        return new WebSocketEngineClient(webSocket);
    }

    @Override
    public void send(String packet) throws IOException {
        webSocket.text(packet);
    }

    @Override
    public void sendBinary(byte[] data) throws IOException {
        webSocket.binary(data);
    }

    @Override
    public Message read() throws IOException {
        RawWebSocketClient.Frame frame = webSocket.read();
        if (frame.opcode() == RawWebSocketClient.CLOSE) {
            throw new EOFException("the server closed the WebSocket with code " + frame.closeCode());
        }
        return new Message(frame.opcode() == RawWebSocketClient.TEXT, frame.payload());
    }

    @Override
    public void leave() throws IOException {
        webSocket.closeFrame(1000, "");
    }

    @Override
    public boolean ended() throws IOException {
        try {
            RawWebSocketClient.Frame frame = webSocket.read();
            return frame.opcode() == RawWebSocketClient.CLOSE;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        webSocket.close();
    }
}
