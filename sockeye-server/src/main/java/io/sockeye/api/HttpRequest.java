// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP request as it came: head and whole body. Immutable; any thread. */
public final class HttpRequest {
    private final String method;
    private final String path;
    private final String target;
    private final Headers headers;
    private final String remoteAddress;
    private final boolean secure;
    private final byte[] body;

    /**
     * Makes a request of its parts.
     *
     * @param method in capitals, such as {@code GET}
     * @param path the decoded path without the query, such as {@code /rooms/a b}
     * @param target the raw request target, path and query, as it was sent; its escapes must be well-formed
     * @param headers the header fields
     * @param remoteAddress the peer's address, such as {@code 127.0.0.1} or {@code ::1}
     * @param secure whether the connection is encrypted
     * @param body the body's bytes, empty when there was none; not copied
     */
    public HttpRequest(
            String method,
            String path,
            String target,
            Headers headers,
            String remoteAddress,
            boolean secure,
            byte[] body) {
        this.method = method;
        this.path = path;
        this.target = target;
        this.headers = headers;
        this.remoteAddress = remoteAddress;
        this.secure = secure;
        this.body = body;
    }

    /** The same request with a body. */
    public HttpRequest withBody(byte[] bytes) {
        return new HttpRequest(method, path, target, headers, remoteAddress, secure, bytes);
    }

    /** The method in capitals, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** The decoded path without the query. */
    public String path() {
        return path;
    }

    /** Path and query as they were sent. */
    public String target() {
        return target;
    }

    /** The parameters of the query, decoded, in order. Decoded anew by each call. */
    public Map<String, List<String>> query() {
        return QueryString.decode(target);
    }

    public Headers headers() {
        return headers;
    }

    /** The peer's address, such as {@code 127.0.0.1} or {@code ::1}. */
    public String remoteAddress() {
        return remoteAddress;
    }

    /** Whether the connection is encrypted. */
    public boolean secure() {
        return secure;
    }

    /** The body's bytes, empty when there was none. Not a copy: leave them as they are. */
    public byte[] body() {
        return body;
    }

    /** The first value of a query parameter, or null. */
    public @Nullable String parameter(String name) {
        List<String> values = query().get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Method and path only: queries, headers and bodies may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
