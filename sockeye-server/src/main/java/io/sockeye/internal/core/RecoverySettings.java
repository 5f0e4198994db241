// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.ConnectionStateRecovery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How connections are recovered, and what all namespaces of a server hold for it together.
 *
 * @param options the bounds
 * @param ids gives a new secret id at each call
 * @param nanoTime the clock, as {@link System#nanoTime}
 * @param bytes of the events that are kept
 * @param sessions of clients that are away
 */
public record RecoverySettings(
        ConnectionStateRecovery options,
        Supplier<String> ids,
        LongSupplier nanoTime,
        AtomicLong bytes,
        AtomicInteger sessions) {

    /** Settings of a server that holds nothing yet. */
    public static RecoverySettings of(ConnectionStateRecovery options, Supplier<String> ids, LongSupplier nanoTime) {
        return new RecoverySettings(options, ids, nanoTime, new AtomicLong(), new AtomicInteger());
    }

    long durationNanos() {
        return options.maxDisconnectionDuration().toNanos();
    }
}
