// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.spi.BroadcastOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of one namespace, in the order in which they reach each socket. Guarded by the lock of its {@link Recovery}.
 */
final class RecoveryLog {
    /** What an entry costs beside its packet, roughly. */
    private static final int ENTRY_BYTES = 200;

    private final RecoverySettings settings;
    private final Map<String, Entry> byOffset = new HashMap<>();
    private @Nullable Entry oldest;
    private @Nullable Entry newest;
    private long sequence;

    RecoveryLog(RecoverySettings settings) {
        this.settings = settings;
    }

    /** One event that was sent. Immutable but for its place in the log. */
    static final class Entry {
        private final long sequence;
        private final String offset;
        private final BroadcastOptions options;
        private final Outgoing outgoing;
        private final long time;
        private @Nullable Entry next;

        private Entry(long sequence, String offset, BroadcastOptions options, Outgoing outgoing, long time) {
            this.sequence = sequence;
            this.offset = offset;
            this.options = options;
            this.outgoing = outgoing;
            this.time = time;
        }

        /** Its place in the order of all entries. */
        long sequence() {
            return sequence;
        }

        Outgoing outgoing() {
            return outgoing;
        }

        private boolean concerns(Set<String> rooms) {
            return (options.rooms().isEmpty() || anyIn(options.rooms(), rooms)) && !anyIn(options.except(), rooms);
        }

        /** The log may be long, and the loop waits. */
        private static boolean anyIn(List<String> names, Set<String> rooms) {
            for (int i = 0; i < names.size(); i++) {
                if (rooms.contains(names.get(i))) {
                    return true;
                }
            }
            return false;
        }

        private int bytes() {
            return ENTRY_BYTES + outgoing.bytes();
        }
    }

    Entry append(String offset, BroadcastOptions options, Outgoing outgoing) {
        Entry entry = new Entry(
                ++sequence, offset, options, outgoing, settings.nanoTime().getAsLong());
        if (newest == null) {
            oldest = entry;
        } else {
            newest.next = entry;
        }
        newest = entry;
        byOffset.put(offset, entry);
        settings.bytes().addAndGet(entry.bytes());
        dropTooOld();
        while (oldest != null && settings.bytes().get() > settings.options().maxTotalBytes()) {
            dropOldest(oldest);
        }
        return entry;
    }

    /** Forgets what is older than a client may be away. */
    void dropTooOld() {
        long now = settings.nanoTime().getAsLong();
        while (oldest != null && now - oldest.time > settings.durationNanos()) {
            dropOldest(oldest);
        }
    }

    /** Forgets the oldest, of so many bytes if there are. */
    void dropOldest(long bytes) {
        long end = settings.bytes().get() - bytes;
        while (oldest != null && settings.bytes().get() > end) {
            dropOldest(oldest);
        }
    }

    void clear() {
        while (oldest != null) {
            dropOldest(oldest);
        }
    }

    private void dropOldest(Entry entry) {
        byOffset.remove(entry.offset);
        settings.bytes().addAndGet(-entry.bytes());
        oldest = entry.next;
        if (oldest == null) {
            newest = null;
        }
    }

    boolean isEmpty() {
        return oldest == null;
    }

    boolean knows(String offset) {
        return byOffset.containsKey(offset);
    }

    /** The sequence of the latest event. */
    long latest() {
        return sequence;
    }

    /**
     * The events behind an offset that were for the members of these rooms.
     *
     * @return null if the offset is unknown, or if there are more than a client may miss
     */
    @Nullable
    List<Entry> missed(String offset, Set<String> rooms) {
        Entry known = byOffset.get(offset);
        if (known == null) {
            return null;
        }
        List<Entry> missed = new ArrayList<>();
        long bytes = 0;
        for (Entry entry = known.next; entry != null; entry = entry.next) {
            if (entry.concerns(rooms)) {
                missed.add(entry);
                bytes += entry.outgoing.bytes();
                if (missed.size() > settings.options().maxMissedPackets()
                        || bytes > settings.options().maxMissedBytes()) {
                    return null;
                }
            }
        }
        return missed;
    }
}
