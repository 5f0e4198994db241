// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Masked frames from a direct buffer, made messages. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class FrameParserBenchmark {
    private static final int MASK = 0x37fa213d;

    @Param({"16", "100", "1024", "65536"})
    int bytes;

    private final FrameParser parser = new FrameParser(1_000_000, null);
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;

    /** Makes a frame of text. */
    @Setup
    public void prepare() {
        frame = Unpooled.directBuffer(bytes + 14);
        ServerFrames.header(frame, FrameParser.TEXT, bytes);
        frame.setByte(1, frame.getByte(1) | 0x80);
        frame.writeInt(MASK);
        for (int i = 0; i < bytes; i++) {
            frame.writeByte('x' ^ MASK >>> (24 - 8 * (i & 3)));
        }
    }

    @TearDown
    public void release() {
        frame.release();
    }

    @Benchmark
    public void parse(Blackhole hole) {
        frame.readerIndex(0);
        parser.parse(frame, new Sink(hole));
    }

    /** Takes what comes. */
    private record Sink(Blackhole hole) implements FrameParser.Receiver {
        @Override
        public boolean wantsFrames() {
            return true;
        }

        @Override
        public void onTextMessage(byte[] utf8) {
            hole.consume(utf8);
        }

        @Override
        public void onBinaryMessage(byte[] data) {
            hole.consume(data);
        }

        @Override
        public void onPing(byte[] payload) {
            hole.consume(payload);
        }

        @Override
        public void onCloseFrame(int code, String reason) {
            hole.consume(code);
        }
    }
}
