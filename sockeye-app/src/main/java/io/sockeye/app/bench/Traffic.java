// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.Session;

/** What sessions of a crowd hear once all are there. Each method is called on the session's event loop. */
interface Traffic {
    /** No traffic. */
    Traffic NONE = new Traffic() {};

    /** An acknowledgement came. */
    default void acknowledged(Session session, long stamp) {}

    /** A message to a room came. */
    default void delivered(Session session, long stamp) {}
}
