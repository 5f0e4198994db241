// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

/** What happens to sessions. Each method is called on the session's event loop. */
public interface SessionListener {
    /** The session is set up: its namespace is joined. */
    void connected(Session session);

    /** The session could not be set up. */
    void failed(Session session, String reason);

    /** An acknowledgement came, with the stamp of its payload or {@code Stamp.NONE}. */
    void acknowledged(Session session, long stamp);

    /** A message to a room came. */
    void delivered(Session session, long stamp);

    /** A session that was set up is gone, and not because this side ended it. */
    void disconnected(Session session, String reason);
}
