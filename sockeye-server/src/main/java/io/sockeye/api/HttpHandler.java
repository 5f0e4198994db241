// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Answers the requests of one route. Called on a handler thread, where it may block. */
@FunctionalInterface
public interface HttpHandler {
    /** The answer. An exception is logged and answered with a plain 500. */
    HttpResponse handle(HttpRequest request) throws Exception;
}
