// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sockets that leave a room and join it again. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class MembershipBenchmark {
    /** How many are in the room. */
    @Param({"1", "1000", "100000"})
    int members;

    private final CountingLink link = new CountingLink();
    private final NamespaceImpl namespace = CountingLink.namespace();
    private final List<SocketImpl> sockets = new ArrayList<>();
    private int next;

    /** Fills the room. */
    @Setup
    public void prepare() {
        for (int i = 0; i < members; i++) {
            SocketImpl socket = link.connect("s" + i, namespace);
            socket.join("room");
            sockets.add(socket);
        }
    }

    /** One leaves and joins, another one each time. */
    @Benchmark
    public void leaveAndJoin() {
        SocketImpl socket = sockets.get(next);
        next = (next + 1) % members;
        socket.leave("room");
        socket.join("room");
    }
}
