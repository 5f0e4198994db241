// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

/** Follows the events of a server, for metrics and traces; see {@code Sockeye.observe}. */
@FunctionalInterface
public interface ServerObserver {
    /** Stands for all events for which a namespace declares no handler. */
    String OTHER = "other";

    /**
     * What follows the events of one name. Called by the thread that starts the server, once for each event of a namespace that has a
     * handler, and once for {@link #OTHER}; so names that clients make up cost nothing.
     *
     * @param namespace the name of the namespace, or of the parent of dynamic ones
     * @param event the name of the event
     */
    EventObserver events(String namespace, String event);
}
