// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the machine is at the moment: the CPU time of a fixed number of small messages over loopback, which is what servers
 * spend most of theirs on. One thread only.
 */
final class Calibration implements AutoCloseable {
    private static final int MESSAGES = 4_000;
    private static final int SIZE = 128;
    private static final int REPEATS = 5;
    private static final int WARM_UPS = 20;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
    private final SocketChannel out;
    private final SocketChannel in;

    Calibration() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            out = SocketChannel.open(listener.getLocalAddress());
            in = listener.accept();
        }
        for (int i = 0; i < WARM_UPS; i++) {
            measureOnce();
        }
    }

    /** The CPU time of one message in microseconds: the median of a few repeats. */
    double measure() throws IOException {
        List<Double> repeats = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            repeats.add(measureOnce());
        }
        return Samples.median(repeats);
    }

    private double measureOnce() throws IOException {
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < MESSAGES; i++) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            buffer.clear();
            while (buffer.hasRemaining()) {
                in.read(buffer);
            }
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1_000.0 / MESSAGES;
    }

    @Override
    public void close() throws IOException {
        out.close();
        in.close();
    }
}
