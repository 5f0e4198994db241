// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where served files are. May block; any thread. */
interface FileSource {
    /**
     * Looks for a file.
     *
     * @param path a path that {@link StaticPath} let through
     * @return null if there is no such file, or if it is outside of the folder that is served
     */
    @Nullable
    Found find(String path) throws IOException;

    /** Whether there is such a folder. */
    boolean isFolder(String path) throws IOException;

    /** A file that is there. */
    interface Found {
        /** Changes when the content does. */
        String version();

        long size();

        byte[] read() throws IOException;
    }
}
