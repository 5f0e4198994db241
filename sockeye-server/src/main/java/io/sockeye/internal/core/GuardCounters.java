// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the policy and the validation of one namespace refused. Any thread. */
public final class GuardCounters {
    private final LongAdder deniedConnects = new LongAdder();
    private final LongAdder deniedJoins = new LongAdder();
    private final LongAdder deniedEvents = new LongAdder();
    private final LongAdder failedChecks = new LongAdder();
    private final LongAdder invalidPayloads = new LongAdder();

    GuardCounters() {}

    void deniedConnect() {
        deniedConnects.increment();
    }

    void deniedJoin() {
        deniedJoins.increment();
    }

    void deniedEvent() {
        deniedEvents.increment();
    }

    void failedCheck() {
        failedChecks.increment();
    }

    void invalidPayload() {
        invalidPayloads.increment();
    }

    /** Clients that the policy did not let in, those whose check failed included. */
    public long deniedConnects() {
        return deniedConnects.sum();
    }

    /** Requests to join a room that the policy denied, those whose check failed included. */
    public long deniedJoins() {
        return deniedJoins.sum();
    }

    /** Events that the policy denied, those whose check failed included, and requests to join a room not. */
    public long deniedEvents() {
        return deniedEvents.sum();
    }

    /** Checks of the policy that failed or took too long. */
    public long failedChecks() {
        return failedChecks.sum();
    }

    /** Events whose payload had another shape than its handler takes, or was against the rules of the validator. */
    public long invalidPayloads() {
        return invalidPayloads.sum();
    }
}
