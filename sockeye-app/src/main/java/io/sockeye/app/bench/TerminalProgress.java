// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import java.io.PrintStream;

/** Progress on a terminal: each line takes the place of the one before. */
final class TerminalProgress implements Progress {
    private static final String START_OF_LINE = "\r";
    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintStream out;

    TerminalProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void line(String text) {
        out.print(START_OF_LINE + text + CLEAR_TO_END);
        out.flush();
    }

    @Override
    public void done() {
        out.print(START_OF_LINE + CLEAR_TO_END);
        out.flush();
    }
}
