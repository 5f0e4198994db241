// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesTheNamesThatTheProtocolKeepsForItself(String name) {
        assertThat(EventNames.isReserved(name)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.of(name, String.class))
                .withMessageContaining("\"" + name + "\" is reserved")
                .withMessageContaining("Choose another name");
        assertThatIllegalArgumentException().isThrownBy(() -> Request.of(name, String.class, String.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "error", "connection", "Connect", "connect ", "", "__proto__"})
    void takesAnyOtherName(String name) {
        assertThat(Event.of(name, Void.class).name()).isEqualTo(name);
    }

    @Test
    void descriptorsAreValues() {
        assertThat(Event.of("a", String.class))
                .isEqualTo(Event.of("a", String.class))
                .hasSameHashCodeAs(Event.of("a", String.class))
                .isNotEqualTo(Event.of("b", String.class))
                .isNotEqualTo(Event.of("a", Integer.class))
                .hasToString("Event[a: String]");
        assertThat(Request.of("a", String.class, Integer.class))
                .isEqualTo(Request.of("a", String.class, Integer.class))
                .hasSameHashCodeAs(Request.of("a", String.class, Integer.class))
                .isNotEqualTo(Request.of("a", String.class, Long.class))
                .isNotEqualTo(Request.of("a", Long.class, Integer.class))
                .hasToString("Request[a: String -> Integer]");
    }
}
