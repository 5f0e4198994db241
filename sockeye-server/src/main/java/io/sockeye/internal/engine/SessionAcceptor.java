// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

/** Takes new sessions. Called on the session's loop, before anything of the session is handled. */
@FunctionalInterface
public interface SessionAcceptor {
    SessionListener accept(EngineSession session);
}
