// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.List;

/**
 * Whom a broadcast is for.
 *
 * @param rooms the rooms whose members get it, each once; empty for the whole namespace
 * @param except the rooms whose members do not get it
 * @param droppable whether to drop it for clients that cannot take it at once
 * @param local whether it stays on this node
 */
record BroadcastRequest(List<String> rooms, List<String> except, boolean droppable, boolean local) {
    static final BroadcastRequest ALL = new BroadcastRequest(List.of(), List.of(), false, false);
}
