// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being written, in an array that grows. Used by one thread, for one packet. */
final class PacketBuffer extends OutputStream {
    private byte[] array = new byte[256];
    private int size;

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

    /** What was written, behind a header. */
    byte[] behind(String header) {
        byte[] start = header.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(start, Math.addExact(start.length, size));
        System.arraycopy(array, 0, whole, start.length, size);
        return whole;
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
        return Arrays.copyOf(array, size);
    }

    private void ensureRoom(int more) {
        int needed = Math.addExact(size, more);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, 2 * array.length));
        }
    }
}
