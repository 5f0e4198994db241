// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import java.util.Optional;

/** The ways to carry a session. */
public enum TransportName {
    POLLING("polling"),
    WEBSOCKET("websocket");

    private final String text;

    TransportName(String text) {
        this.text = text;
    }

    /** Its name in the query, such as {@code websocket}. */
    public String text() {
        return text;
    }

    static Optional<TransportName> of(String text) {
        for (TransportName name : values()) {
            if (name.text.equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
