// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.nio.charset.StandardCharsets;

/**
 * An HTTP response. {@code Content-Length}, {@code Date} and {@code Connection} are added when it is sent. Immutable; any
 * thread.
 */
public final class HttpResponse {
    private static final byte[] NO_BODY = {};

    private final int status;
    private final Headers headers;
    private final byte[] body;

    /**
     * Makes a response of its parts.
     *
     * @param status the status code, 200 to 599
     * @param headers the header fields
     * @param body the body, empty for none; not copied, so leave the array alone afterwards
     */
    public HttpResponse(int status, Headers headers, byte[] body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("expected a final status from 200 to 599, got " + status);
        }
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    /** The body's bytes. Not a copy: leave them as they are. */
    public byte[] body() {
        return body;
    }

    /** A response without a body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, Headers.of(), NO_BODY);
    }

    /** UTF-8 text of a media type, such as {@code text/html; charset=utf-8}. */
    public static HttpResponse of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of a media type. */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, Headers.of("content-type", contentType), body);
    }

    /** 200 with plain UTF-8 text. */
    public static HttpResponse text(String body) {
        return of(200, "text/plain; charset=utf-8", body);
    }

    /** 200 with a JSON document that is already text. */
    public static HttpResponse json(String body) {
        return of(200, "application/json", body);
    }

    /** The same response with more header fields, given as alternating names and values. */
    public HttpResponse with(String... namesAndValues) {
        return new HttpResponse(status, headers.plus(Headers.of(namesAndValues)), body);
    }
}
