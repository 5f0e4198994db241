// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Is told of requests that were refused. Called on a handler thread, after the answer; no client waits for it. */
@FunctionalInterface
public interface ConnectionErrorHandler {
    /** An exception is logged. */
    void onError(ConnectionError error) throws Exception;
}
