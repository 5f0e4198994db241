// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.StaticContent;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests with files (RFC 9110): whole, with a strong entity tag, and 304 to who has them already. Ranges are not
 * supported. Hidden files are not served. Any thread, but it reads files, so not an event loop.
 */
final class StaticFiles {
    static final String INDEX = "index.html";

    private static final long CACHE_BYTES = 16L * 1024 * 1024;
    private static final long MAX_FILE_BYTES = 64L * 1024 * 1024;
    private static final byte[] NO_BODY = {};

    private final FileSource source;
    private final boolean fallsBackToIndex;
    private final FileCache cache = new FileCache(CACHE_BYTES);

    StaticFiles(StaticContent content) {
        this.source = sourceOf(content);
        this.fallsBackToIndex = content.fallsBackToIndex();
    }

    private static FileSource sourceOf(StaticContent content) {
        if (content.directory().isPresent()) {
            return new DirectorySource(content.directory().get());
        }
        return content.anchor()
                .<FileSource>map(anchor -> new ClassPathSource(anchor, content.root()))
                .orElseThrow(() -> new IllegalArgumentException("expected a directory or a folder of the class path"));
    }

    /**
     * The answer to a GET or HEAD.
     *
     * @param below the part of the decoded path that follows the mount path
     * @return null if there is no such file
     */
    @Nullable
    HttpResponse answer(HttpRequest request, String below) throws IOException {
        if (below.isEmpty()) {
            return source.find(INDEX) == null ? null : withSlash(request);
        }
        Optional<String> path = StaticPath.of(below);
        if (path.isEmpty()) {
            return null;
        }
        FileSource.Found found = source.find(path.get());
        if (found != null) {
            return file(request, path.get(), found);
        }
        if (source.isFolder(path.get()) && source.find(path.get() + "/" + INDEX) != null) {
            return withSlash(request);
        }
        FileSource.Found index = fallsBackToIndex && wantsPage(request, path.get()) ? source.find(INDEX) : null;
        return index == null ? null : file(request, INDEX, index);
    }

    /** Relative links of a folder's page work only if its address ends with a slash. */
    private static HttpResponse withSlash(HttpRequest request) {
        String target = request.target();
        int query = target.indexOf('?');
        String location = query < 0 ? target + "/" : target.substring(0, query) + "/" + target.substring(query);
        return HttpResponse.of(308).with("location", location);
    }

    private static boolean wantsPage(HttpRequest request, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean folder = name.equals(INDEX);
        String accept = request.headers().first("accept");
        return (folder || name.indexOf('.') < 0) && accept != null && accept.contains("text/html");
    }

    private HttpResponse file(HttpRequest request, String path, FileSource.Found found) throws IOException {
        if (found.size() > MAX_FILE_BYTES) {
            throw new IOException("expected a file of at most " + MAX_FILE_BYTES + " bytes, got " + found.size() + ": "
                    + path + "; serve large files with a web server or from storage made for them");
        }
        FileCache.Content content = cache.content(path, found);
        String name = path.substring(path.lastIndexOf('/') + 1);
        Headers validators = Headers.of("etag", content.tag(), "cache-control", CachePolicy.of(name));
        if (matches(request, content.tag())) {
            return new HttpResponse(304, validators, NO_BODY);
        }
        Headers headers = Headers.of("content-type", MediaTypes.of(name), "x-content-type-options", "nosniff")
                .plus(validators);
        return new HttpResponse(200, headers, content.data());
    }

    /** RFC 9110, section 13.1.2: a list of tags, compared weakly. */
    private static boolean matches(HttpRequest request, String tag) {
        for (String field : request.headers().all("if-none-match")) {
            for (String part : field.split(",", -1)) {
                String offered = part.trim();
                String strong = offered.startsWith("W/") ? offered.substring(2) : offered;
                if (strong.equals(tag) || offered.equals("*")) {
                    return true;
                }
            }
        }
        return false;
    }
}
