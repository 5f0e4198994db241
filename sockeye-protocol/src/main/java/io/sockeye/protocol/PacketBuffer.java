// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being written, in an array that grows. Used by one thread, for one packet. */
/* A header that depends on the payload, as a count of attachments does, goes into room that was left in front. */
final class PacketBuffer extends OutputStream {
    private static final int FIRST_BYTES = 256;

    private byte[] array;
    private int size;
    private int start;

    PacketBuffer() {
        this(0, FIRST_BYTES);
    }

    /** @param headroom bytes that can be written in front of the others */
    PacketBuffer(int headroom) {
        this(headroom, FIRST_BYTES);
    }

    /**
     * @param headroom bytes that can be written in front of the others
     * @param expected how many others there will be, more or less
     */
    PacketBuffer(int headroom, int expected) {
        array = new byte[headroom + expected];
        start = headroom;
        size = headroom;
    }

    @Override
    public void write(int value) {
        ensureRoom(1);
        array[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        ensureRoom(length);
        System.arraycopy(source, offset, array, size, length);
        size += length;
    }

    void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    void prepend(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        start -= bytes.length;
        System.arraycopy(bytes, 0, array, start, bytes.length);
    }

    void prepend(char ascii) {
        start--;
        array[start] = (byte) ascii;
    }

    /** Writes the digits of a number that is not negative in front of what is there. */
    void prependNumber(long number) {
        long rest = number;
        do {
            prepend((char) ('0' + rest % 10));
            rest /= 10;
        } while (rest > 0);
    }

    /** The number of bytes that were written. */
    int size() {
        return size;
    }

    /** Replaces a byte that was written. */
    void set(int index, int value) {
        array[index] = (byte) value;
    }

    /** Writes the lowest bytes of a number, the highest of them first. */
    void writeBigEndian(long value, int width) {
        ensureRoom(width);
        for (int shift = 8 * width - 8; shift >= 0; shift -= 8) {
            array[size++] = (byte) (value >> shift);
        }
    }

    /** Makes room in front of what was written from an index on, for bytes that are to be set. */
    void open(int index, int width) {
        ensureRoom(width);
        System.arraycopy(array, index, array, index + width, size - index);
        size += width;
    }

    /** A copy of what was written. */
    byte[] toByteArray() {
        return Arrays.copyOfRange(array, start, size);
    }

    private void ensureRoom(int more) {
        int needed = Math.addExact(size, more);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, 2 * array.length));
        }
    }
}
