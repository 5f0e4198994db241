// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.timing.Timed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that an asynchronous handler owes, counted, and the time it has. Any thread may start and stop it. */
final class AnswerDeadline extends Timed {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerDeadline.class);

    private final SocketImpl socket;
    private final Reply reply;

    /** Loop only. Whether it counts. */
    private boolean owed;
    /** Loop only. Whether the answer has come: it may come to the loop before the start does. */
    private boolean over;

    private AnswerDeadline(SocketImpl socket, Reply reply) {
        this.socket = socket;
        this.reply = reply;
    }

    static AnswerDeadline start(SocketImpl socket, Reply reply) {
        AnswerDeadline deadline = new AnswerDeadline(socket, reply);
        socket.loop().run(deadline::begin);
        return deadline;
    }

    void stop() {
        socket.loop().run(this::end);
    }

    private void begin() {
        if (!over) {
            owed = true;
            socket.answersOwed(1);
            socket.wheel().schedule(this, socket.answerTimeout());
        }
    }

    private void end() {
        over = true;
        socket.wheel().cancel(this);
        settle();
    }

    private void settle() {
        if (owed) {
            owed = false;
            socket.answersOwed(-1);
        }
    }

    @Override
    protected void onDeadline() {
        socket.dispatch()
                .failures()
                .warn(LOG, "a request of {} was not answered within {} ms", socket, socket.answerTimeout());
        settle();
        reply.fail();
    }
}
