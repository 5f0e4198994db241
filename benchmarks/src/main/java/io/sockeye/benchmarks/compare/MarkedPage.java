// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of which a part between two comments is written by a program. */
record MarkedPage(Path file) {
    static final String BEGIN = "<!-- written by ./dev bench compare: begin -->\n";
    static final String END = "<!-- written by ./dev bench compare: end -->";

    void rewrite(String text) throws IOException {
        Files.writeString(file, rewritten(Files.readString(file), text));
    }

    static String rewritten(String page, String text) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("expected a page with the lines " + BEGIN + "and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + text + "\n" + page.substring(end);
    }
}
