// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.timing.Timed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time an asynchronous handler has to answer one request. Any thread may start and stop it. */
final class AnswerDeadline extends Timed {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerDeadline.class);

    private final SocketImpl socket;
    private final Reply reply;

    private AnswerDeadline(SocketImpl socket, Reply reply) {
        this.socket = socket;
        this.reply = reply;
    }

    static AnswerDeadline start(SocketImpl socket, Reply reply) {
        AnswerDeadline deadline = new AnswerDeadline(socket, reply);
        socket.runOnLoop(() -> socket.wheel().schedule(deadline, socket.answerTimeout()));
        return deadline;
    }

    void stop() {
        socket.runOnLoop(() -> socket.wheel().cancel(this));
    }

    @Override
    protected void onDeadline() {
        LOG.warn("a request of {} was not answered within {} ms", socket, socket.answerTimeout());
        reply.fail();
    }
}
