// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstRequestTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

    private static FirstRequest kept(String target, String... fields) {
        return FirstRequest.of(new HttpRequest("GET", "/", target, Headers.of(fields), "::1", true, new byte[0]), NOW);
    }

    @Test
    void fieldsComeBackAsTheyWere() {
        String[] fields = {
            "host", "example.org",
            "connection", "Upgrade",
            "connection", "Close",
            "x-own", "a\tb",
            "cookie", "",
            "x-empty", "",
            "cookie", "a=b; c=d",
            "sec-websocket-version", "13",
            "x-latin", "\u00e9\u0080\u009f",
            "x-forwarded-proto", "https",
            "authorization", "Bearer x"
        };
        Headers headers = kept("/socket.io/", fields).headers();
        StringBuilder seen = new StringBuilder();
        headers.forEach(
                (name, value) -> seen.append(name).append('=').append(value).append('|'));
        StringBuilder sent = new StringBuilder();
        Headers.of(fields)
                .forEach((name, value) ->
                        sent.append(name).append('=').append(value).append('|'));
        assertThat(seen).hasToString(sent.toString());
    }

    @Test
    void aRequestWithoutFieldsHasNone() {
        assertThat(kept("/").headers().isEmpty()).isTrue();
    }

    @Test
    void theTargetComesBackWhateverItIs() {
        for (String target :
                List.of("/socket.io/?EIO=4&transport=websocket", "/", "*", "", "/\u0003a\nb\u0001", "/\u4e2d")) {
            FirstRequest kept = kept(target, "host", "a", "cookie", "b");
            assertThat(kept.target()).isEqualTo(target);
            assertThat(kept.remoteAddress()).isEqualTo("::1");
        }
    }

    @Test
    void theQueryIsDecoded() {
        assertThat(kept("/socket.io/?EIO=4&transport=websocket").query())
                .isEqualTo(Map.of("EIO", List.of("4"), "transport", List.of("websocket")));
        assertThat(kept("/x?a=%20&a=b").query()).isEqualTo(Map.of("a", List.of(" ", "b")));
    }

    @Test
    void timeAndSecurityAreKept() {
        FirstRequest kept = kept("/");
        assertThat(kept.issued()).isEqualTo(NOW);
        assertThat(kept.secure()).isTrue();
    }
}
