// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The files that were asked for last, with their entity tags. Bounded in bytes. Any thread: the map is guarded by the lock,
 * which is not held while a file is read.
 */
final class FileCache {
    private static final int HASH_BYTES = 16;
    /** What an entry costs beside its content. */
    private static final int ENTRY_BYTES = 256;

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    FileCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The content of a file and its tag: kept ones if the file has not changed since. */
    Content content(String path, FileSource.Found found) throws IOException {
        String version = found.version();
        Entry kept = get(path);
        if (kept != null && kept.version().equals(version)) {
            return kept.content();
        }
        byte[] data = found.read();
        Content content = new Content(tag(data), data);
        put(path, new Entry(version, content));
        return content;
    }

    /** What the cache holds now. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry get(String path) {
        lock.lock();
        try {
            return entries.get(path);
        } finally {
            lock.unlock();
        }
    }

    private void put(String path, Entry entry) {
        lock.lock();
        try {
            Entry replaced = entries.remove(path);
            bytes -= replaced == null ? 0 : replaced.bytes();
            // One file must not drive out all others.
            if (entry.bytes() > maxBytes / 4) {
                return;
            }
            entries.put(path, entry);
            bytes += entry.bytes();
            Iterator<Entry> oldest = entries.values().iterator();
            while (bytes > maxBytes) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private static String tag(byte[] data) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(data);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256, which every Java platform has", e);
        }
    }

    /** A file's bytes, not to be modified, and its strong entity tag. */
    static final class Content {
        private final String tag;
        private final byte[] data;

        private Content(String tag, byte[] data) {
            this.tag = tag;
            this.data = data;
        }

        String tag() {
            return tag;
        }

        byte[] data() {
            return data;
        }
    }

    private record Entry(String version, Content content) {
        long bytes() {
            return (long) content.data().length + ENTRY_BYTES;
        }
    }
}
