// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.benchmarks.InlineLoop;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Packets that pass an outbox or wait in it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class OutboxBenchmark {
    private static final int WAITING = 16;

    private final Owner owner = new Owner();
    private final Outbox outbox = new Outbox(owner);
    private final EncodedPacket packet = new JsonFormat().event("/", Packet.NO_ACK_ID, "message", "x".repeat(64));

    /** One that the transport takes at once. */
    @Benchmark
    public long pass() {
        outbox.deliver(packet, false, true);
        return owner.written;
    }

    /** Sixteen that wait until the transport takes packets again. */
    @Benchmark
    public boolean wait16() {
        owner.writable = false;
        for (int i = 0; i < WAITING; i++) {
            outbox.deliver(packet, false, true);
        }
        owner.writable = true;
        return outbox.drain();
    }

    /** A connection that sends nothing. */
    private static final class Owner implements OutboxOwner {
        private final Loop loop = new InlineLoop();
        private final OutboxBounds bounds = new OutboxBounds(4 << 20, 16_384, SlowConsumerPolicy.DISCONNECT);
        private final OutboxCounters counters = new OutboxCounters();
        boolean writable = true;
        long written;

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Loop loop() {
            return loop;
        }

        @Override
        public OutboxBounds outboxBounds() {
            return bounds;
        }

        @Override
        public OutboxCounters outboxCounters() {
            return counters;
        }

        @Override
        public boolean accepts(EncodedPacket next) {
            return writable;
        }

        @Override
        public void write(EncodedPacket next, boolean shared) {
            written += next.bytes();
        }

        @Override
        public void endSlowConsumer() {
            writable = true;
        }
    }
}
