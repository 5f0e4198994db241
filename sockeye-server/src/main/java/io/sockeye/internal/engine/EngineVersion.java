// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

/** The revisions of the Engine.IO protocol that are spoken. A session keeps the one it was opened with. */
public enum EngineVersion {
    /** That of Socket.IO 1 and 2: the client pings, and polling bodies have lengths in them. */
    V3,
    /** That of Socket.IO 3 and later: the server pings. */
    V4
}
