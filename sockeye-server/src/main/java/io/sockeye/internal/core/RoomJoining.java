// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Policy;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import io.sockeye.event.PayloadProblem;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers clients that ask to join a room. Handler threads, one event of a socket at a time. */
final class RoomJoining {
    private static final Logger LOG = LoggerFactory.getLogger(RoomJoining.class);
    private static final String DENIED = "Not authorized to join this room";
    private static final String TOO_MANY = "Too many rooms";
    private static final String FIELD = "roomId";
    private static final int LONGEST = 256;

    private final PolicyGate gate;
    private final Policy policy;
    private final Policy.AsyncCheck<String> check;

    RoomJoining(PolicyGate gate, Policy policy, Policy.AsyncCheck<String> check) {
        this.gate = gate;
        this.policy = policy;
        this.check = check;
    }

    EventBinding binding() {
        return new EventBinding(false, true, this::handle);
    }

    private void handle(SocketImpl socket, Args args, Reply reply) {
        String room = Payloads.bind(socket, reply.event(), args, Args.class).size() == 0 ? "" : room(args);
        if (room.isBlank() || room.length() > LONGEST) {
            throw invalid();
        }
        if (socket.isRoomOfAnother(room)) {
            answer(socket, room, new Verdict(Verdict.Kind.DENIED, null), reply);
            return;
        }
        gate.decide(socket, policy, () -> check.allows(socket, room), verdict -> answer(socket, room, verdict, reply));
    }

    private static String room(Args args) {
        Object value = args.getNullable(0, Object.class);
        Object room = value instanceof Map<?, ?> fields ? fields.get(FIELD) : value;
        if (room instanceof String text) {
            return text;
        }
        throw invalid();
    }

    private static PayloadException invalid() {
        return new PayloadException(
                "a room is named by text of 1 to " + LONGEST + " characters",
                List.of(new PayloadProblem(FIELD, "text")));
    }

    /** False if a bound is in the way, which has been counted. */
    private static boolean joins(SocketImpl socket, String room) {
        try {
            socket.joinByRequest(room);
            return true;
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.debug("{} does not join a room that it may join", socket, e);
            socket.strike();
            return false;
        }
    }

    private void answer(SocketImpl socket, String room, Verdict verdict, Reply reply) {
        if (socket.endedByServer()) {
            return;
        }
        RuntimeException refusal = PolicyGate.refusal(verdict, DENIED);
        if (refusal == null && !joins(socket, room)) {
            refusal = new RequestFailed(TOO_MANY);
        }
        if (refusal == null) {
            Map<String, String> joined = Map.of(FIELD, room);
            socket.emit("room_joined", joined);
            reply.succeed(joined);
            return;
        }
        gate.counters().deniedJoin();
        String message = refusal instanceof RequestFailed failed ? failed.publicMessage() : PolicyGate.FAILED;
        socket.emit("error", Map.of("message", message));
        socket.dispatch().answerFailure(socket, new RequestFailed(message), reply);
    }
}
