// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that sends exactly the bytes it is given. Every read has a deadline of ten seconds. Not thread-safe. */
public final class RawHttpClient implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RawHttpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawHttpClient connect(InetSocketAddress address) throws IOException {
        return connect(address, 0);
    }

    /** Connects with a small receive buffer, to become a slow reader soon; 0 leaves it as it is. */
    public static RawHttpClient connect(InetSocketAddress address, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), DEADLINE_MILLIS);
        return new RawHttpClient(socket);
    }

    /** Sends text as Latin-1. */
    public RawHttpClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawHttpClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends a request with a Host field, more fields ({@code "Name: value"}) and no body. */
    public RawHttpClient request(String method, String target, String... fields) throws IOException {
        return send(head(method, target, fields));
    }

    /** The text of a request head with a Host field and more fields. */
    public static String head(String method, String target, String... fields) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** Reads a response whose body has a Content-Length. */
    public Response read() throws IOException {
        return read(true);
    }

    /** Reads a response head; there is no body, as for HEAD. */
    public Response readHead() throws IOException {
        return read(false);
    }

    private Response read(boolean withBody) throws IOException {
        String statusLine = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Response(statusLine, headers, bytes(length));
    }

    /** Reads a number of bytes. */
    public byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended in the middle of: " + line);
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Waits for the server to close the connection. False if it sends something instead. */
    public boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A response. Header names are in lower case. */
    public static final class Response {
        private final String statusLine;
        private final Map<String, String> headers;
        private final byte[] bytes;

        private Response(String statusLine, Map<String, String> headers, byte[] bytes) {
            this.statusLine = statusLine;
            this.headers = headers;
            this.bytes = bytes;
        }

        /** Such as {@code HTTP/1.1 200 OK}. */
        public String statusLine() {
            return statusLine;
        }

        public int status() {
            return Integer.parseInt(statusLine.split(" ", -1)[1]);
        }

        public Map<String, String> headers() {
            return headers;
        }

        /** The value of a header, or an empty string. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public byte[] bytes() {
            return bytes;
        }

        /** The body as UTF-8. */
        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
