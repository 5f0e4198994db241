// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The acknowledgement that a client may have asked for with an event. Any thread; only the first answer counts. */
final class Reply {
    private static final ErrorBody INVALID = ErrorBody.of("Invalid message format");
    private static final ErrorBody INTERNAL = ErrorBody.of("Internal error");

    private static final AtomicIntegerFieldUpdater<Reply> ANSWERED =
            AtomicIntegerFieldUpdater.newUpdater(Reply.class, "answered");

    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

    private final SocketImpl socket;
    private final long ackId;
    private final String event;
    /** 1 once there was an answer. */
    private volatile int answered;

    /**
     * The answer that is due.
     *
     * @param event the name of the event that is answered
     */
    Reply(SocketImpl socket, long ackId, String event) {
        this.socket = socket;
        this.ackId = ackId;
        this.event = event;
    }

    String event() {
        return event;
    }

    /** What a client gets in place of an answer. */
    record ErrorBody(String status, String message) {
        static ErrorBody of(String message) {
            return new ErrorBody("error", message);
        }
    }

    /** Answers, without arguments or with one. What cannot be written is answered as a failure. */
    void succeed(@Nullable Object... arguments) {
        try {
            answer(arguments);
        } catch (IllegalArgumentException e) {
            socket.dispatch().failures().warn(LOG, "the answer of a handler to {} cannot be written", socket, e);
            fail();
        }
    }

    private void answer(@Nullable Object... arguments) {
        if (answered()) {
            return;
        }
        EncodedPacket packet = socket.acknowledgement(ackId, arguments);
        if (ANSWERED.compareAndSet(this, 0, 1)) {
            socket.acknowledge(packet);
        }
    }

    /** Whether there is nothing more to answer. */
    private boolean answered() {
        return ackId == Packet.NO_ACK_ID || answered != 0;
    }

    /** Answers with a public error. */
    void refuse(String publicMessage) {
        answer(ErrorBody.of(publicMessage));
    }

    /** Answers that the payload has another shape than the event. */
    void invalid() {
        answer(INVALID);
    }

    /** Answers that the server failed, and no more. */
    void fail() {
        answer(INTERNAL);
    }
}
