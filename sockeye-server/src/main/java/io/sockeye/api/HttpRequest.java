// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as it came: head and whole body. Immutable; any thread.
 *
 * @param method in capitals, such as {@code GET}
 * @param path the decoded path without the query, such as {@code /rooms/a b}
 * @param target the raw request target, path and query, as it was sent
 * @param query parameters of the query string, decoded, in order
 * @param headers the header fields
 * @param remoteAddress the peer's address, such as {@code 127.0.0.1} or {@code ::1}
 * @param secure whether the connection is encrypted
 * @param body the body's bytes, empty when there was none
 */
public record HttpRequest(
        String method,
        String path,
        String target,
        Map<String, List<String>> query,
        Headers headers,
        String remoteAddress,
        boolean secure,
        byte[] body) {

    /** The first value of a query parameter, or null. */
    public @Nullable String parameter(String name) {
        List<String> values = query.get(name);
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
