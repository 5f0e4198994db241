// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.execution.SerialQueue;

/** What waits for the handlers of one socket, and what these owe. The socket's loop only. */
/* A handler on the loop must not overtake what an earlier one on another thread has posted to the loop. So a task counts until a
 * task of the loop that was posted behind all of its own says that it is over. This is counted where loop handlers exist.
 */
final class Mailbox implements SerialQueue.Flow {
    private final Link link;
    private final int mostOwed;
    private final boolean counts;
    private final SerialQueue queue;

    /** Tasks whose effects may not all have come to the loop. */
    private int unsettled;
    /** Answers that asynchronous handlers owe. */
    private int answersOwed;

    Mailbox(NamespaceImpl namespace, Link link) {
        this.link = link;
        this.mostOwed = namespace.mailbox().tasks();
        this.counts = namespace.dispatch().mixed();
        this.queue = new SerialQueue(namespace.executor(), namespace.mailbox(), this);
    }

    /** Any thread. */
    @Override
    public void change(boolean open) {
        link.loop().run(() -> link.mailboxFull(!open));
    }

    /**
     * Adds a task.
     *
     * @param bytes what it holds in memory
     */
    void offer(Runnable task, int bytes) {
        if (!counts) {
            queue.offer(task, bytes);
            return;
        }
        unsettled++;
        Runnable counted = () -> {
            task.run();
            link.loop().execute(() -> unsettled--);
        };
        queue.offer(counted, bytes);
    }

    /** Stops behind the task that runs, which calls this on its thread, until {@link #resume}. */
    void hold() {
        link.loop().execute(() -> unsettled++);
        queue.pause();
    }

    /** Runs the rest of the task that called {@link #hold}, and then what waits. Once, any thread. */
    void resume(Runnable rest) {
        queue.resume(() -> {
            try {
                rest.run();
            } finally {
                link.loop().execute(() -> unsettled--);
            }
        });
    }

    /** Whether all that was offered has run, and what that posted to the loop has come. */
    boolean settled() {
        return unsettled == 0;
    }

    /** Whether there is nothing in it, so that it may be replaced by a new one. */
    boolean idle() {
        return unsettled == 0 && answersOwed == 0 && queue.idle();
    }

    /**
     * Counts an answer that an asynchronous handler owes, or owes no more. So many may be owed as events may wait; beyond that the
     * connection is not read.
     */
    void answersOwed(int change) {
        boolean tooMany = answersOwed >= mostOwed;
        answersOwed += change;
        if (tooMany != answersOwed >= mostOwed) {
            link.mailboxFull(!tooMany);
        }
    }
}
