// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Takes an event that another server sent to this one. */
@FunctionalInterface
public interface ServerEventHandler<T> {
    void handle(T payload) throws Exception;
}
