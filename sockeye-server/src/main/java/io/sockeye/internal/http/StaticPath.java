// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import java.util.Optional;

/** The rules that keep a request inside the folder that is served. Stateless. */
final class StaticPath {
    private static final String WELL_KNOWN = ".well-known";

    private StaticPath() {}

    /**
     * The relative path of a file.
     *
     * @param below what follows the mount path, decoded once, such as {@code /js/app.js}
     * @return names joined by single slashes, none of which is a dot or two, hidden, or means something to a file system;
     *     empty if the path cannot be one of a file that is served
     */
    static Optional<String> of(String below) {
        if (!below.startsWith("/")) {
            return Optional.empty();
        }
        String relative = below.substring(1);
        boolean folder = relative.isEmpty() || relative.endsWith("/");
        String names = relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
        if (!names.isEmpty()) {
            for (String name : names.split("/", -1)) {
                if (!served(name)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(folder ? names + (names.isEmpty() ? "" : "/") + StaticFiles.INDEX : names);
    }

    private static boolean served(String name) {
        if (name.isEmpty() || (name.startsWith(".") && !name.equals(WELL_KNOWN))) {
            return false;
        }
        return name.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == ':' || c == 0xfffd);
    }
}
