// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

/** Texts of clients, as logs take them. */
final class LogText {
    private LogText() {}

    /** One line of it. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
