// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

/** Thrown when a token cannot be checked, since the keys could not be fetched. It may be valid. */
public final class KeysUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    KeysUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
