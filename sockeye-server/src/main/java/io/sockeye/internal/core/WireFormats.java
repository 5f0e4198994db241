// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.WireFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The wire formats of a server, and how many connections use each. Any thread. */
public final class WireFormats {
    private final List<WireFormat> formats;
    private final AtomicIntegerArray users;

    /** @param formats at least one; the first is that of clients that have not shown theirs */
    public WireFormats(List<WireFormat> formats) {
        this.formats = List.copyOf(formats);
        this.users = new AtomicIntegerArray(formats.size());
    }

    /** The format of clients that have not shown theirs. */
    public WireFormat first() {
        return formats.get(0);
    }

    /**
     * The format of clients of Socket.IO 2.
     *
     * @throws IllegalStateException if the server has no JSON format
     */
    public JsonFormat json() {
        for (WireFormat format : formats) {
            if (format instanceof JsonFormat json) {
                return json;
            }
        }
        throw new IllegalStateException(
                "clients of Socket.IO 2 need a JsonFormat among the wireFormats; add one, or leave" + " allowEIO3 out");
    }

    /** The format of a connection, told by its first message; the first format if none knows it. */
    public WireFormat recognize(byte[] array, int offset, int length, boolean text) {
        for (WireFormat format : formats) {
            if (format.recognizes(array, offset, length, text)) {
                return format;
            }
        }
        return first();
    }

    /** Counts a connection in or out. */
    public void count(WireFormat format, int change) {
        users.addAndGet(indexOf(format), change);
    }

    int size() {
        return formats.size();
    }

    WireFormat get(int index) {
        return formats.get(index);
    }

    /** Whether an event is to be encoded in this format as soon as it is sent. */
    boolean wanted(int index) {
        return index == 0 || users.get(index) > 0;
    }

    int indexOf(WireFormat format) {
        for (int index = 0; index < formats.size(); index++) {
            if (formats.get(index) == format) {
                return index;
            }
        }
        throw new IllegalArgumentException("expected a format of this server, got " + format.name());
    }
}
