// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks;

import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.MessagePackFormat;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.PacketAssembler;
import io.sockeye.protocol.ProtocolLimits;
import io.sockeye.protocol.WireFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Packets of Socket.IO, read and written. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class CodecBenchmark {
    /** What an event carries. */
    public enum Payload {
        TEXT,
        OBJECT,
        KILOBYTE
    }

    @Param({"json", "msgpack"})
    String format = "";

    @Param
    Payload payload = Payload.TEXT;

    private WireFormat codec = new JsonFormat();
    private PacketAssembler assembler = codec.newAssembler(ProtocolLimits.DEFAULTS);
    private Object argument = "";
    private byte[] event = {};

    /** Makes a packet of each kind. */
    @Setup
    public void prepare() {
        codec = format.equals("json") ? new JsonFormat() : new MessagePackFormat();
        assembler = codec.newAssembler(ProtocolLimits.DEFAULTS);
        argument = switch (payload) {
            case TEXT -> "x".repeat(64);
            case OBJECT -> Map.of("id", 12_345, "room", "lobby", "text", "x".repeat(32));
            case KILOBYTE -> "x".repeat(1_024);
        };
        event = codec.event("/chat", 7, "message", argument).head();
    }

    /** Reads an event as it comes from a WebSocket, without its arguments. */
    @Benchmark
    public @Nullable Packet read() {
        return codec instanceof JsonFormat ? assembler.text(event, 1, event.length - 1) : assembler.binary(event);
    }

    /** The same, and binds its argument. */
    @Benchmark
    public @Nullable Object readAndBind() {
        Packet.Event packet = (Packet.Event) Objects.requireNonNull(read());
        Class<?> type = argument instanceof Map ? Map.class : String.class;
        return packet.args().get(0, type);
    }

    @Benchmark
    public EncodedPacket writeEvent() {
        return codec.event("/chat", Packet.NO_ACK_ID, "message", argument);
    }

    @Benchmark
    public EncodedPacket writeAck() {
        return codec.ack("/chat", 7, argument);
    }
}
