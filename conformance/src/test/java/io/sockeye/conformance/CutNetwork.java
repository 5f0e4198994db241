// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/** A network between a client and a server of this machine that can be cut. Each connection has two threads. */
final class CutNetwork implements AutoCloseable {
    private final IntSupplier target;
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    CutNetwork(int target) throws IOException {
        this(() -> target);
    }

    /** @param target the port that a new connection goes to */
    CutNetwork(IntSupplier target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "network");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
                open.add(near);
                open.add(far);
                start(() -> pass(near, far));
                start(() -> pass(far, near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // both are closed, which is all that is wanted
        }
    }

    String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    /** Breaks all connections that there are. */
    void cut() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
