// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What follows the path of a mount: a file that is served is below the folder, and not hidden. */
public final class StaticPathFuzz {
    private static final Path FOLDER = Path.of("/srv/site");

    private StaticPathFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        StaticPath.of(new String(input, StandardCharsets.UTF_8)).ifPresent(StaticPathFuzz::check);
    }

    private static void check(String relative) {
        Path file = FOLDER.resolve(relative);
        if (!file.equals(file.normalize()) || !file.startsWith(FOLDER) || file.equals(FOLDER)) {
            throw new AssertionError("a file is below the folder: " + relative);
        }
    }
}
