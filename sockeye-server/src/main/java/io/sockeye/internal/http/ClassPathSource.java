// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The resources below a folder of the class path. They do not change while the program runs. Any thread. */
final class ClassPathSource implements FileSource {
    private final Class<?> anchor;
    private final String root;

    /**
     * Serves a folder.
     *
     * @param root such as {@code /web}
     * @throws IllegalArgumentException if it is the whole class path
     */
    ClassPathSource(Class<?> anchor, String root) {
        this.anchor = anchor;
        String trimmed = root.replaceAll("^/+|/+$", "");
        if (trimmed.isEmpty() || StaticPath.of("/" + trimmed).isEmpty()) {
            throw new IllegalArgumentException("expected a folder of the class path such as /web, got \"" + root
                    + "\": the class path itself holds classes and configuration, which nobody should publish");
        }
        this.root = "/" + trimmed + "/";
    }

    @Override
    public @Nullable Found find(String path) throws IOException {
        URL resource = anchor.getResource(root + path);
        return resource == null || !isFile(resource, path) ? null : new Resource(resource);
    }

    @Override
    public boolean isFolder(String path) throws IOException {
        URL index = anchor.getResource(root + path + "/" + StaticFiles.INDEX);
        return index != null && isFile(index, path + "/" + StaticFiles.INDEX);
    }

    /** A folder is a resource too, and its content a listing. */
    private boolean isFile(URL resource, String path) throws IOException {
        if (resource.getProtocol().equals("file")) {
            try {
                return Files.isRegularFile(Path.of(resource.toURI()));
            } catch (URISyntaxException e) {
                throw new IOException("the class path has an address that is no URI: " + resource, e);
            }
        }
        return anchor.getResource(root + path + "/") == null;
    }

    private record Resource(URL url) implements Found {
        @Override
        public String version() {
            return url.toString();
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public byte[] read() throws IOException {
            URLConnection connection = url.openConnection();
            if (connection instanceof JarURLConnection) {
                // Else the stream closes a file that other threads read.
                connection.setUseCaches(false);
            }
            try (InputStream in = connection.getInputStream()) {
                return in.readAllBytes();
            }
        }
    }
}
