// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

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

/** Broadcasts to rooms of a namespace that has many, up to the connections: what the walk costs, without any sending. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class RoomBenchmark {
    private static final int MEMBERS = 1_000;

    /** How many rooms there are. */
    @Param({"1", "100", "100000"})
    int rooms;

    private final CountingLink link = new CountingLink();
    private final NamespaceImpl namespace = CountingLink.namespace();

    /** A thousand sockets share one room; the other rooms have one member each. */
    @Setup
    public void prepare() {
        SocketImpl[] sockets = new SocketImpl[MEMBERS];
        for (int i = 0; i < MEMBERS; i++) {
            sockets[i] = link.connect("s" + i, namespace);
            sockets[i].join("room0");
        }
        for (int i = 1; i < rooms; i++) {
            sockets[i % MEMBERS].join("room" + i);
        }
    }

    /** One broadcast to a thousand. */
    @Benchmark
    public long toThousand() {
        namespace.to("room0").emit("news", "x");
        return link.delivered;
    }

    /** One broadcast to a room with one member, or with a thousand if there is no other. */
    @Benchmark
    public long toLastRoom() {
        namespace.to("room" + (rooms - 1)).emit("news", "x");
        return link.delivered;
    }
}
