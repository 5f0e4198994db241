// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * That the last frames of each Socket.IO connection are kept, to be shown when the connection ends over a fault. Immutable.
 *
 * <p>Kept are the packets of Engine.IO, both ways, each up to a number of bytes. What may hold secrets is left out before anything is
 * kept: the session id, and the payload of CONNECT packets, where tokens are. What else of payloads is private is taken out by
 * {@link #redact}.
 *
 * <p>Faults are {@code PARSE_ERROR}, {@code FORCED_CLOSE}, {@code FORCED_SERVER_CLOSE} and {@code TRANSPORT_ERROR}; {@code disconnectAll}
 * ends a connection with the second of these.
 */
public final class FlightRecorder {
    private final int frames;
    private final int bytesEach;
    private final UnaryOperator<String> redaction;
    private final @Nullable Consumer<FlightRecord> handler;

    private FlightRecorder(
            int frames, int bytesEach, UnaryOperator<String> redaction, @Nullable Consumer<FlightRecord> handler) {
        this.frames = frames;
        this.bytesEach = bytesEach;
        this.redaction = redaction;
        this.handler = handler;
    }

    /**
     * A recorder that writes to the log.
     *
     * @param frames kept for one connection, 1 to 1,000; this times the bytes is what a connection costs
     * @param bytesEach bytes kept of one frame, 0 to 65,536
     */
    public static FlightRecorder last(int frames, int bytesEach) {
        if (frames < 1 || frames > 1_000) {
            throw new IllegalArgumentException("a flight recorder keeps 1 to 1,000 frames, got " + frames);
        }
        if (bytesEach < 0 || bytesEach > 65_536) {
            throw new IllegalArgumentException("a flight recorder keeps 0 to 65,536 bytes a frame, got " + bytesEach);
        }
        return new FlightRecorder(frames, bytesEach, UnaryOperator.identity(), null);
    }

    /**
     * The same with another redaction, which is given the text of each frame that is shown, binary data in hexadecimal digits, and returns
     * what of it may be seen. Called on handler threads. Default: all. What it throws hides the frame.
     */
    public FlightRecorder redact(UnaryOperator<String> value) {
        return new FlightRecorder(frames, bytesEach, Objects.requireNonNull(value), handler);
    }

    /** The same with a handler in place of the log. Called on handler threads; what it throws is logged. */
    public FlightRecorder onRecord(Consumer<FlightRecord> value) {
        return new FlightRecorder(frames, bytesEach, redaction, Objects.requireNonNull(value));
    }

    public int frames() {
        return frames;
    }

    public int bytesEach() {
        return bytesEach;
    }

    public UnaryOperator<String> redaction() {
        return redaction;
    }

    /** What takes the records, or null for the log. */
    public @Nullable Consumer<FlightRecord> handler() {
        return handler;
    }
}
