// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

/**
 * A check that bytes which come in pieces are UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, nothing
 * above U+10FFFF.
 *
 * <p>Not thread-safe: confined to the event loop of the connection that the bytes come from.
 */
public final class Utf8Validator {
    private int state;

    /** Makes a validator that expects the start of a message. */
    public Utf8Validator() {
        reset();
    }

    /**
     * Takes the next piece.
     *
     * @return false if the bytes up to here cannot be the start of valid UTF-8
     */
    public boolean accept(byte[] array, int offset, int length) {
        if (state != Utf8.MALFORMED) {
            state = Utf8.advance(state, array, offset, offset + length);
        }
        return state != Utf8.MALFORMED;
    }

    /** Tells whether the bytes up to here are valid and end with a whole character. */
    public boolean complete() {
        return state == Utf8.BOUNDARY;
    }

    /** Forgets what was taken: a new message begins. */
    public void reset() {
        state = Utf8.BOUNDARY;
    }
}
