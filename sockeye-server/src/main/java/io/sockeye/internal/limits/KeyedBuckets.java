// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.LimitHit;
import io.sockeye.internal.transport.Loop;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The buckets of one limit by a key, such as an address. Any thread. */
/* A bucket that is full says nothing, so it is forgotten: a sweep looks for such ones as long as there is any. The number of keys is
 * bounded by stripe; beyond it the key that was heard of least recently goes, so that many addresses cost no memory.
 */
final class KeyedBuckets {
    private static final int STRIPES = 16;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final Rate rate;
    private final int mostPerStripe;
    private final Loop timekeeper;
    private final LongSupplier nanoTime;
    private final LimitCounters counters;
    private final Stripe[] stripes = new Stripe[STRIPES];
    /** Whether a sweep is to come. */
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /** Some of the keys. */
    private static final class Stripe {
        final ReentrantLock lock = new ReentrantLock();
        /** Guarded by lock. In the order in which they were heard of. */
        final LinkedHashMap<String, long[]> buckets = new LinkedHashMap<>(4, 0.75f, true);
    }

    KeyedBuckets(Rate rate, int most, Loop timekeeper, LongSupplier nanoTime, LimitCounters counters) {
        this.rate = rate;
        this.mostPerStripe = Math.max(1, most / STRIPES);
        this.timekeeper = timekeeper;
        this.nanoTime = nanoTime;
        this.counters = counters;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** Takes tokens from the bucket of a key, all or none; whether there were enough. */
    boolean take(String key, long tokens, long now) {
        Stripe stripe = stripes[spread(key.hashCode())];
        stripe.lock.lock();
        try {
            long[] bucket = stripe.buckets.get(key);
            if (bucket == null) {
                bucket = new long[Rate.SLOTS];
                makePlace(stripe.buckets, now);
                stripe.buckets.put(key, bucket);
            }
            return rate.take(bucket, 0, tokens, now);
        } finally {
            stripe.lock.unlock();
            sweepLater();
        }
    }

    private static int spread(int hash) {
        return ((hash ^ (hash >>> 16)) * 0x9e3779b9) >>> (Integer.SIZE - 4);
    }

    private void makePlace(Map<String, long[]> buckets, long now) {
        if (buckets.size() < mostPerStripe) {
            return;
        }
        Iterator<long[]> eldest = buckets.values().iterator();
        if (!rate.isFull(eldest.next(), 0, now)) {
            counters.count(LimitHit.FORGOTTEN_KEY);
        }
        eldest.remove();
    }

    private void sweepLater() {
        if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
            long millis = 1 + TimeUnit.NANOSECONDS.toMillis(rate.fillNanos());
            timekeeper.schedule(this::sweep, Math.min(LONGEST_WAIT_MILLIS, millis));
        }
    }

    private void sweep() {
        sweeping.set(false);
        long now = nanoTime.getAsLong();
        boolean any = false;
        for (Stripe stripe : stripes) {
            stripe.lock.lock();
            try {
                stripe.buckets.values().removeIf(bucket -> rate.isFull(bucket, 0, now));
                any |= !stripe.buckets.isEmpty();
            } finally {
                stripe.lock.unlock();
            }
        }
        if (any) {
            sweepLater();
        }
    }

    /** How many keys are kept in mind. */
    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            stripe.lock.lock();
            try {
                size += stripe.buckets.size();
            } finally {
                stripe.lock.unlock();
            }
        }
        return size;
    }
}
