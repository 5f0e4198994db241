// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.FlightRecord;
import io.sockeye.protocol.EncodedPacket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last frames of one session, each up to a number of bytes. The session's loop only. */
/* Slots are used again, so a session that has sent and got as many frames as are kept allocates nothing more. What is secret is never
 * put into one: see publicLength.
 */
final class FrameRing {
    private static final byte[] NONE = {};
    /** The field of a MessagePack CONNECT packet that tells what it is: {@code type} is 0. */
    private static final byte[] PACKED_CONNECT = {(byte) 0xa4, 't', 'y', 'p', 'e', 0};

    private static final int PACKED_HEAD = 64;

    private final int bytesEach;
    private final Clock clock;
    private final @Nullable Slot[] slots;
    private int next;

    /** One frame. */
    private static final class Slot {
        long millis;
        boolean received;
        boolean binary;
        int length;
        int kept;
        byte[] data = NONE;
    }

    FrameRing(int frames, int bytesEach, Clock clock) {
        this.slots = new Slot[frames];
        this.bytesEach = bytesEach;
        this.clock = clock;
    }

    /** A text packet came; what follows its type is in a part of an array. */
    void received(byte type, byte[] array, int offset, int length) {
        Slot slot = slot(true, false, length + 1);
        keep(slot, type, array, offset, length);
    }

    /** A message came that is binary, or that is no packet. */
    void received(boolean binary, byte[] data) {
        keep(slot(true, binary, data.length), data);
    }

    /** A packet goes out, and its attachments with it. */
    void sent(EncodedPacket packet) {
        keep(slot(false, !packet.text(), packet.head().length), packet.head());
        for (byte[] attachment : packet.attachments()) {
            keep(slot(false, true, attachment.length), attachment);
        }
    }

    private Slot slot(boolean received, boolean binary, int length) {
        Slot slot = slots[next];
        if (slot == null) {
            slot = new Slot();
            slots[next] = slot;
        }
        next = (next + 1) % slots.length;
        slot.millis = clock.millis();
        slot.received = received;
        slot.binary = binary;
        slot.length = length;
        slot.kept = 0;
        return slot;
    }

    private void keep(Slot slot, byte type, byte[] array, int offset, int length) {
        int shown = publicLength(type, array, offset, length);
        int wanted = Math.min(bytesEach, shown + 1);
        reserve(slot, wanted);
        if (wanted > 0) {
            slot.data[0] = type;
            System.arraycopy(array, offset, slot.data, 1, wanted - 1);
        }
    }

    private void keep(Slot slot, byte[] data) {
        if (slot.binary) {
            int wanted = isPackedConnect(data) ? 0 : Math.min(bytesEach, data.length);
            reserve(slot, wanted);
            System.arraycopy(data, 0, slot.data, 0, wanted);
        } else if (data.length > 0) {
            keep(slot, data[0], data, 1, data.length - 1);
        }
    }

    private static void reserve(Slot slot, int bytes) {
        if (slot.data.length < bytes) {
            slot.data = new byte[bytes];
        }
        slot.kept = bytes;
    }

    /** So much of a text packet behind its type is not secret: nothing of an OPEN, and of a CONNECT what is ahead of its payload. */
    private static int publicLength(byte type, byte[] array, int offset, int length) {
        if (type == '0') {
            return 0;
        }
        if (type != '4' || length == 0 || array[offset] != '0') {
            return length;
        }
        for (int i = 0; i < length; i++) {
            byte b = array[offset + i];
            if (b == '{' || b == '[' || b == '"' || b == '?') {
                return i;
            }
        }
        return length;
    }

    private static boolean isPackedConnect(byte[] data) {
        int last = Math.min(data.length, PACKED_HEAD) - PACKED_CONNECT.length;
        for (int i = 0; i <= last; i++) {
            if (Arrays.equals(data, i, i + PACKED_CONNECT.length, PACKED_CONNECT, 0, PACKED_CONNECT.length)) {
                return true;
            }
        }
        return false;
    }

    /** What is kept, the oldest first. */
    List<FlightRecord.Frame> frames() {
        List<FlightRecord.Frame> frames = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            Slot slot = slots[(next + i) % slots.length];
            if (slot != null) {
                frames.add(new FlightRecord.Frame(
                        Instant.ofEpochMilli(slot.millis), slot.received, slot.binary, slot.length, excerpt(slot)));
            }
        }
        return frames;
    }

    private static String excerpt(Slot slot) {
        return slot.binary
                ? HexFormat.of().formatHex(slot.data, 0, slot.kept)
                : new String(slot.data, 0, slot.kept, StandardCharsets.UTF_8);
    }
}
