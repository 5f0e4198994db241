// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sockets of a namespace are meant, and how a packet is sent to them. Immutable.
 *
 * @param rooms the rooms whose members are meant, each once; empty for the whole namespace. The id of a socket is a room that
 *     holds it
 * @param except the rooms whose members are not meant
 * @param droppable whether to drop the packet for clients that cannot take it at once ({@code volatile} in Socket.IO)
 * @param compress whether a transport may compress the packet
 * @param local whether only sockets of this node are meant
 * @param key the packet replaces one that waits for a client under the same key; null for none
 */
public record BroadcastOptions(
        List<String> rooms,
        List<String> except,
        boolean droppable,
        boolean compress,
        boolean local,
        @Nullable String key) {
    /** The whole namespace, on all nodes. */
    public static final BroadcastOptions ALL = new BroadcastOptions(List.of(), List.of(), false, true, false, null);

    public BroadcastOptions {
        rooms = List.copyOf(rooms);
        except = List.copyOf(except);
    }

    /** Options without a key. */
    public BroadcastOptions(
            List<String> rooms, List<String> except, boolean droppable, boolean compress, boolean local) {
        this(rooms, except, droppable, compress, local, null);
    }

    /** With the members of more rooms. */
    public BroadcastOptions to(String... more) {
        return new BroadcastOptions(joined(rooms, more), except, droppable, compress, local, key);
    }

    /** Without the members of these rooms too. */
    public BroadcastOptions without(String... more) {
        return new BroadcastOptions(rooms, joined(except, more), droppable, compress, local, key);
    }

    /** Dropped for clients that are behind. */
    public BroadcastOptions asDroppable() {
        return new BroadcastOptions(rooms, except, true, compress, local, key);
    }

    /** Compressed where the transport does so, or not. */
    public BroadcastOptions withCompression(boolean enabled) {
        return new BroadcastOptions(rooms, except, droppable, enabled, local, key);
    }

    /** In place of what waits under a key. */
    public BroadcastOptions withKey(String name) {
        return new BroadcastOptions(rooms, except, droppable, compress, local, name);
    }

    /** On this node only. */
    public BroadcastOptions asLocal() {
        return new BroadcastOptions(rooms, except, droppable, compress, true, key);
    }

    /** Nothing chosen would otherwise mean everyone, and what was meant for few would reach all. */
    private static List<String> joined(List<String> before, String... more) {
        if (more.length == 0) {
            throw new IllegalArgumentException("expected at least one room, got none; leave the call out to mean all");
        }
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return all;
    }
}
