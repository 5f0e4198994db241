// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import io.sockeye.api.HttpResponse;

/** Answers of the server itself. They tell nothing about its inside. */
final class PlainAnswers {
    static final HttpResponse NOT_FOUND = text(404, "Not Found");
    static final HttpResponse TOO_LARGE = text(413, "Content Too Large");
    static final HttpResponse FAULT = text(500, "Internal Server Error");
    static final HttpResponse OVERLOADED = text(503, "Service Unavailable");

    private PlainAnswers() {}

    /** 405 with the methods that would work. */
    static HttpResponse wrongMethod(Iterable<String> allowed) {
        return text(405, "Method Not Allowed").with("allow", String.join(", ", allowed));
    }

    private static HttpResponse text(int status, String text) {
        return HttpResponse.of(status, "text/plain; charset=utf-8", text).with("x-content-type-options", "nosniff");
    }
}
