// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.timing.Timed;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Failures;
import io.sockeye.internal.transport.Loop;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A check of the policy that has not answered yet, and the time it has. Any thread; the first of answer and deadline counts. */
final class Decision extends Timed {
    private final Failures failures;
    private final Loop loop;
    private final TimerWheel wheel;
    private final Object subject;
    private final long millis;
    private final Consumer<Verdict> taker;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * A check that is to be waited for.
     *
     * @param failures logs that it failed, or did not answer
     * @param link the connection that it is about, whose loop has the timer
     * @param subject what it is about, for the log
     * @param taker is given the verdict, on the thread that comes to it
     */
    Decision(Failures failures, Link link, Object subject, long millis, Consumer<Verdict> taker) {
        this.failures = failures;
        this.loop = link.loop();
        this.wheel = link.wheel();
        this.subject = subject;
        this.millis = millis;
        this.taker = taker;
    }

    /** Waits without a thread. */
    void await(CompletionStage<Boolean> answer) {
        loop.run(this::begin);
        answer.whenComplete(this::answered);
    }

    private void begin() {
        if (!over.get()) {
            wheel.schedule(this, millis);
        }
    }

    private void answered(Boolean answer, Throwable failure) {
        if (over.compareAndSet(false, true)) {
            loop.run(() -> wheel.cancel(this));
            taker.accept(Verdict.of(failures, subject, answer, failure));
        }
    }

    @Override
    protected void onDeadline() {
        if (over.compareAndSet(false, true)) {
            taker.accept(Verdict.late(failures, subject, millis));
        }
    }
}
