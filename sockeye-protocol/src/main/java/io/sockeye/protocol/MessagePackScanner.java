// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.protocol.MessagePackCursor.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One pass over MessagePack data that checks it against its grammar and the limits.
 *
 * <p>It builds no values and does not recurse: the time is linear in the data. Keys of maps are text; one that comes
 * twice is left to the reader of the map, unless the limits refuse it. Binary data counts as attachments, wherever it stands. Used by one thread,
 * for one packet.
 */
final class MessagePackScanner {
    private static final int[] NONE = {};

    private final MessagePackCursor cursor;
    private final ProtocolLimits limits;
    private int attachments;
    private long attachmentBytes;
    private int values;

    /** The keys of the maps that are open, if each may come once only. */
    private final @Nullable ObjectKeys keys;

    /** For each open array or map what is due in it: elements, or keys and values, the latter with the map's bit set. */
    private int[] due = NONE;

    private boolean[] maps = {};

    MessagePackScanner(MessagePackCursor cursor, ProtocolLimits limits) {
        this.cursor = cursor;
        this.limits = limits;
        this.keys = limits.uniqueKeys() ? new ObjectKeys(true) : null;
    }

    /** Takes a key of a map. */
    void scanKey() {
        if (cursor.next() != Kind.TEXT) {
            throw new ProtocolException(ProtocolError.KEY_NOT_TEXT);
        }
        check();
    }

    /**
     * Takes one value with everything inside it.
     *
     * @param around the number of arrays and maps around it that count
     */
    void scanValue(int around) {
        int depth = 0;
        do {
            if (depth > 0 && isKeyDue(depth - 1)) {
                scanKey();
                if (keys != null) {
                    keys.add(cursor.text());
                }
            } else {
                scanHead();
            }
            if (depth > 0) {
                due[depth - 1]--;
            }
            if (cursor.kind() == Kind.ARRAY || cursor.kind() == Kind.MAP) {
                enter(around, depth++);
            }
            while (depth > 0 && due[depth - 1] == 0) {
                leave(--depth);
            }
        } while (depth > 0);
    }

    private void scanHead() {
        if (++values > limits.maxValues()) {
            throw new ProtocolException(ProtocolError.TOO_MANY_VALUES);
        }
        cursor.next();
        check();
    }

    /**
     * Takes the elements of an array whose head was taken.
     *
     * @return where each starts and where it ends, alternating
     */
    int[] scanElements() {
        int length = cursor.length();
        int[] spans = new int[2 * Math.min(length, 4)];
        for (int index = 0; index < length; index++) {
            if (2 * index == spans.length) {
                spans = Arrays.copyOf(spans, 2 * Math.min(length, 2 * index));
            }
            spans[2 * index] = cursor.position();
            scanValue(1);
            spans[2 * index + 1] = cursor.position();
        }
        return spans;
    }

    private boolean isKeyDue(int level) {
        return maps[level] && due[level] % 2 == 0;
    }

    private void enter(int around, int level) {
        if (around + level >= limits.maxDepth()) {
            throw new ProtocolException(ProtocolError.NESTING_TOO_DEEP);
        }
        if (level == due.length) {
            due = Arrays.copyOf(due, Math.max(8, 2 * level));
            maps = Arrays.copyOf(maps, due.length);
        }
        maps[level] = cursor.kind() == Kind.MAP;
        if (maps[level] && cursor.length() > limits.maxKeys()) {
            throw new ProtocolException(ProtocolError.TOO_MANY_KEYS);
        }
        if (maps[level] && keys != null) {
            keys.enter(0);
        }
        due[level] = maps[level] ? 2 * cursor.length() : cursor.length();
    }

    private void leave(int level) {
        if (maps[level] && keys != null) {
            keys.leave();
        }
    }

    private void check() {
        if (cursor.kind() == Kind.TEXT && cursor.length() > limits.maxStringLength()) {
            throw new ProtocolException(ProtocolError.STRING_TOO_LONG);
        }
        if (cursor.kind() == Kind.TEXT && !cursor.isValidText()) {
            throw new ProtocolException(ProtocolError.INVALID_UTF8);
        }
        if (cursor.kind() == Kind.BINARY) {
            attachmentBytes += cursor.length();
            if (++attachments > limits.maxAttachments()) {
                throw new ProtocolException(ProtocolError.TOO_MANY_ATTACHMENTS);
            }
            if (attachmentBytes > limits.maxAttachmentBytes()) {
                throw new ProtocolException(ProtocolError.ATTACHMENTS_TOO_LARGE);
            }
        }
    }
}
