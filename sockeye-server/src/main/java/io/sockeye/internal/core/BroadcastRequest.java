// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.ArrayList;
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

    BroadcastRequest to(String... more) {
        return new BroadcastRequest(joined(rooms, more), except, droppable, local);
    }

    BroadcastRequest without(String... more) {
        return new BroadcastRequest(rooms, joined(except, more), droppable, local);
    }

    BroadcastRequest asDroppable() {
        return new BroadcastRequest(rooms, except, true, local);
    }

    BroadcastRequest asLocal() {
        return new BroadcastRequest(rooms, except, droppable, true);
    }

    /** Nothing chosen would otherwise mean everyone, and what was meant for few would reach all. */
    private static List<String> joined(List<String> before, String... more) {
        if (more.length == 0) {
            throw new IllegalArgumentException("expected at least one room, got none; leave the call out to mean all");
        }
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
