// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks;

import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.EnginePayload;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import java.util.Collections;
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

/** Bodies of long-polling, split and joined. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class PayloadBenchmark {
    @Param({"1", "16"})
    int packets;

    private List<EncodedPacket> messages = List.of();
    private byte[] body = {};

    /** Makes a body. */
    @Setup
    public void prepare() {
        EncodedPacket message = new JsonFormat().event("/", Packet.NO_ACK_ID, "message", "x".repeat(64));
        messages = Collections.nCopies(packets, message);
        body = EnginePayload.encode(messages);
    }

    @Benchmark
    public List<EnginePacket> decode() {
        return EnginePayload.decode(body);
    }

    @Benchmark
    public byte[] encode() {
        return EnginePayload.encode(messages);
    }
}
