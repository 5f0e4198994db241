// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files to serve: where they are, and how a page application is treated. Immutable. */
public final class StaticContent {
    private final @Nullable Path directory;
    private final @Nullable Class<?> anchor;
    private final String root;
    private final boolean fallbackToIndex;

    private StaticContent(@Nullable Path directory, @Nullable Class<?> anchor, String root, boolean fallbackToIndex) {
        this.directory = directory;
        this.anchor = anchor;
        this.root = root;
        this.fallbackToIndex = fallbackToIndex;
    }

    /** The files below a directory. Changes are seen at the next request. */
    public static StaticContent directory(Path directory) {
        return new StaticContent(directory, null, "", false);
    }

    /**
     * The resources below a folder of the class path.
     *
     * @param anchor a class whose loader finds them
     * @param root the folder, such as {@code /web}
     */
    public static StaticContent classPath(Class<?> anchor, String root) {
        return new StaticContent(null, anchor, root, false);
    }

    /** Answers page requests for paths without a file with {@code index.html}, for pages that do their own routing. */
    public StaticContent fallbackToIndex() {
        return new StaticContent(directory, anchor, root, true);
    }

    /** The directory, if the files are in one. */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** The class whose loader finds the resources, if they are on the class path. */
    public Optional<Class<?>> anchor() {
        return Optional.ofNullable(anchor);
    }

    /** The folder on the class path. */
    public String root() {
        return root;
    }

    public boolean fallsBackToIndex() {
        return fallbackToIndex;
    }
}
