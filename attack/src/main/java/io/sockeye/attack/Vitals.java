// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a server is.
 *
 * @param heapKib the heap in use, after a collection
 * @param directKib memory outside the heap that buffers hold
 * @param loops event loops that run
 * @param deadThreads threads that ended by an exception, since the start
 * @param infos lines logged at INFO, since the start
 * @param warnings lines logged at WARN
 * @param errors lines logged above that
 */
record Vitals(long heapKib, long directKib, long loops, long deadThreads, long infos, long warnings, long errors) {
    private static final String MARK = "vitals ";

    String line() {
        return MARK
                + Stream.of(heapKib, directKib, loops, deadThreads, infos, warnings, errors)
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
    }

    static boolean isLine(String line) {
        return line.startsWith(MARK);
    }

    static Vitals of(String line) {
        List<Long> values = Stream.of(line.substring(MARK.length()).split(" ", -1))
                .map(Long::valueOf)
                .toList();
        return new Vitals(
                values.get(0),
                values.get(1),
                values.get(2),
                values.get(3),
                values.get(4),
                values.get(5),
                values.get(6));
    }
}
