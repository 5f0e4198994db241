// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.FlightRecord;
import io.sockeye.api.FlightRecord.Frame;
import io.sockeye.api.FlightRecorder;
import io.sockeye.internal.transport.Refusals;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the rings of sessions, and shows what they hold where a session ends over a fault. Any thread. */
final class FlightRecords {
    private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);
    private static final Set<DisconnectReason> FAULTS = EnumSet.of(
            DisconnectReason.PARSE_ERROR,
            DisconnectReason.FORCED_CLOSE,
            DisconnectReason.FORCED_SERVER_CLOSE,
            DisconnectReason.TRANSPORT_ERROR);

    private final FlightRecorder settings;
    private final Executor executor;
    private final Clock clock;
    private final Refusals refusals;

    /**
     * @param executor runs the user's code
     * @param refusals logs what clients cause
     */
    FlightRecords(FlightRecorder settings, Executor executor, Clock clock, Refusals refusals) {
        this.settings = settings;
        this.executor = executor;
        this.clock = clock;
        this.refusals = refusals;
    }

    FrameRing newRing() {
        return new FrameRing(settings.frames(), settings.bytesEach(), clock);
    }

    /** A session has ended. On its loop. */
    void ended(String remoteAddress, DisconnectReason reason, FrameRing ring) {
        if (!FAULTS.contains(reason)) {
            return;
        }
        List<Frame> frames = ring.frames();
        try {
            executor.execute(() -> show(remoteAddress, reason, frames));
        } catch (RejectedExecutionException e) {
            LOG.debug("the last frames of a connection are lost: the server is closing", e);
        }
    }

    private void show(String remoteAddress, DisconnectReason reason, List<Frame> frames) {
        FlightRecord shown = new FlightRecord(
                remoteAddress, reason, frames.stream().map(this::redacted).toList());
        Consumer<FlightRecord> handler = settings.handler();
        if (handler == null) {
            refusals.log(LOG, "{}", text(shown));
            return;
        }
        try {
            handler.accept(shown);
        } catch (RuntimeException | Error e) {
            refusals.warn(LOG, "the handler of flight records failed", e);
        }
    }

    private Frame redacted(Frame frame) {
        String excerpt;
        try {
            excerpt = settings.redaction().apply(frame.excerpt());
        } catch (RuntimeException | Error e) {
            refusals.warn(LOG, "the redaction of flight records failed; the frame is hidden", e);
            excerpt = "";
        }
        return new Frame(frame.at(), frame.received(), frame.binary(), frame.length(), excerpt);
    }

    private static String text(FlightRecord shown) {
        StringBuilder text = new StringBuilder("the last frames of a connection of ");
        text.append(shown.remoteAddress())
                .append(" that ended with ")
                .append(shown.reason().text());
        for (Frame frame : shown.frames()) {
            text.append("\n  ").append(frame.at()).append(frame.received() ? " from client, " : " to client, ");
            text.append(frame.length()).append(frame.binary() ? " bytes binary: " : " bytes: ");
            text.append(frame.excerpt().replaceAll("\\p{Cntrl}", "?"));
        }
        return text.toString();
    }
}
