// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of which a part between two comments is written by a program.
 *
 * @param writer which program; there may be others that write other parts
 */
record MarkedPage(Path file, String writer) {

    void rewrite(String text) throws IOException {
        Files.writeString(file, rewritten(Files.readString(file), text, writer));
    }

    static String rewritten(String page, String text, String writer) {
        String first = "<!-- written by ./dev bench " + writer + ": begin -->\n";
        String last = "<!-- written by ./dev bench " + writer + ": end -->";
        int begin = page.indexOf(first);
        int end = page.indexOf(last);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("expected a page with the lines " + first + "and " + last);
        }
        return page.substring(0, begin + first.length()) + "\n" + text + "\n" + page.substring(end);
    }
}
