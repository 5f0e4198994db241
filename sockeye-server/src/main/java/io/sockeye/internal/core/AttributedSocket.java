// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Socket;
import java.util.Map;
import java.util.Optional;

/** The part of a socket that users attach values to. They are kept by its handshake. Any thread. */
interface AttributedSocket extends Socket {
    @Override
    HandshakeImpl handshake();

    @Override
    default Map<String, Object> data() {
        return handshake().data();
    }

    @Override
    default <T> void attach(Class<T> type, T value) {
        handshake().attach(type, value);
    }

    @Override
    default <T> T get(Class<T> type) {
        return find(type)
                .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " is attached to socket "
                        + id() + "; attach one in a connect middleware or in onConnect"));
    }

    @Override
    default <T> Optional<T> find(Class<T> type) {
        return handshake().find(type);
    }
}
