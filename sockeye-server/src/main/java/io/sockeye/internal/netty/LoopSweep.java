// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of one loop's connections, looked at several times a second instead of one timer each. Loop only.
 * Upgraded connections are not in here until they close.
 */
final class LoopSweep {
    /** A deadline that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long INTERVAL_MILLIS = 250;
    private static final long START = System.nanoTime();

    private final NettyLoop loop;
    private final Set<Member> members = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean scheduled;

    LoopSweep(NettyLoop loop) {
        this.loop = loop;
    }

    /** Milliseconds on a clock that never goes back. Any thread. */
    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - START);
    }

    void add(Member member) {
        members.add(member);
        schedule();
    }

    void remove(Member member) {
        members.remove(member);
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.schedule(this::sweep, INTERVAL_MILLIS);
        }
    }

    private void sweep() {
        scheduled = false;
        long now = now();
        List<Member> due = new ArrayList<>();
        for (Member member : members) {
            if (member.deadlineMillis() <= now) {
                due.add(member);
            }
        }
        for (Member member : due) {
            member.onDeadline(now);
        }
        if (!members.isEmpty()) {
            schedule();
        }
    }

    /** What has a deadline. */
    interface Member {
        /** When, on {@link #now()}'s clock, or {@link #NEVER}. */
        long deadlineMillis();

        /** The deadline has come. Sets a later one, or ends. Must not throw. */
        void onDeadline(long nowMillis);
    }
}
