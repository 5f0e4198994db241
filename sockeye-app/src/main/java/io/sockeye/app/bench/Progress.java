// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

/** Where a test says how far it is: one line a second. */
@FunctionalInterface
interface Progress {
    /** Says nothing. */
    Progress SILENT = text -> {};

    /** One line. */
    void line(String text);

    /** There are no more lines. */
    default void done() {}
}
