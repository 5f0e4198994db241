// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.protocol.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that several handlers take, those of the socket and the one of the namespace. One that fails does not keep the next
 * from running; the first that answers requests has the acknowledgement. Handler thread.
 */
final class SharedEvent {
    private final Dispatch dispatch;
    private final SocketImpl socket;
    private final Packet.Event event;
    private final Reply reply;
    /** For handlers whose answer does not count. */
    private final Reply silent;

    /** Whether a handler has taken the acknowledgement over. */
    private boolean taken;
    /** The first failure, while nobody has taken the acknowledgement over. */
    private @Nullable Throwable failure;

    SharedEvent(Dispatch dispatch, SocketImpl socket, Packet.Event event, Reply reply) {
        this.dispatch = dispatch;
        this.socket = socket;
        this.event = event;
        this.reply = reply;
        this.silent = new Reply(socket, Packet.NO_ACK_ID, event.name());
    }

    /**
     * Calls them all and sees to it that there is an answer.
     *
     * @param last the handler of the namespace, if there is one
     */
    void handle(List<Registered<EventBinding>> own, @Nullable EventBinding last) {
        for (Registered<EventBinding> entry : own) {
            if (entry.claim()) {
                call(entry.handler());
            }
        }
        if (last != null) {
            call(last);
        }
        if (taken) {
            return;
        }
        if (failure == null) {
            reply.succeed();
        } else {
            Dispatch.answer(failure, reply);
        }
    }

    private void call(EventBinding binding) {
        boolean takes = binding.answers() && !taken;
        taken |= takes;
        try {
            binding.call().handle(socket, event.args(), takes ? reply : silent);
        } catch (Throwable e) {
            dispatch.answerFailure(socket, e, takes ? reply : silent);
            if (failure == null) {
                failure = e;
            }
        }
    }
}
