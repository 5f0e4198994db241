// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.api.Handshake;
import java.util.Map;
import java.util.Set;

/**
 * What a node tells others about one of its sockets.
 *
 * @param id the public id
 * @param handshake how the client introduced itself
 * @param rooms the rooms it is in, its own id among them
 * @param data what {@link io.sockeye.api.Socket#data} held
 */
public record SocketDetails(String id, Handshake handshake, Set<String> rooms, Map<String, Object> data) {
    public SocketDetails {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
