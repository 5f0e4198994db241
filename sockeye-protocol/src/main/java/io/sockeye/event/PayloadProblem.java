// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

/**
 * One thing that is wrong with a payload. It never holds values that a client sent.
 *
 * @param path where: {@code text}, {@code items[2].name}; empty for the payload itself
 * @param rule what is broken there: {@code type} if the value has another type, {@code missing} if there is none, else what a
 *     validator calls it, such as {@code Size} or {@code maxLength}
 */
public record PayloadProblem(String path, String rule) {
    private static final int LONGEST = 200;

    /** Keys of maps are the client's words: what is too long or cannot be printed does not get into a log. */
    public PayloadProblem {
        path = printable(path);
        rule = printable(rule);
    }

    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    @Override
    public String toString() {
        return path.isEmpty() ? rule : path + ": " + rule;
    }
}
