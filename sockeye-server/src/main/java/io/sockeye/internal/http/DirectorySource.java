// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The files below a directory, as they are at the moment. Symbolic links must not lead out of it. Any thread. */
final class DirectorySource implements FileSource {
    private final Path directory;

    DirectorySource(Path directory) {
        this.directory = directory;
    }

    @Override
    public @Nullable Found find(String path) throws IOException {
        Path real = resolve(path);
        if (real == null) {
            return null;
        }
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        return attributes.isRegularFile() ? new OnDisk(real, attributes) : null;
    }

    @Override
    public boolean isFolder(String path) throws IOException {
        Path real = resolve(path);
        return real != null && Files.isDirectory(real);
    }

    /** The real path, with all links followed; null if it is not there or not inside. */
    private @Nullable Path resolve(String path) throws IOException {
        try {
            Path root = directory.toRealPath();
            Path real = root.resolve(path).toRealPath();
            return real.startsWith(root) ? real : null;
        } catch (InvalidPathException | NoSuchFileException e) {
            return null;
        } catch (FileSystemException e) {
            // A name that is too long, or a file in the place of a folder: no such file either way.
            return null;
        }
    }

    private record OnDisk(Path path, BasicFileAttributes attributes) implements Found {
        @Override
        public String version() {
            return attributes.lastModifiedTime().toInstant() + "/" + attributes.size();
        }

        @Override
        public long size() {
            return attributes.size();
        }

        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }
    }
}
