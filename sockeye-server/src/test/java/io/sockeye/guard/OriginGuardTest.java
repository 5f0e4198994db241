// SPDX-License-Identifier: Apache-2.0
package io.sockeye.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.Cors;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginGuardTest {
    private static boolean allows(Cors cors, String... headers) {
        HttpRequest request = new HttpRequest("GET", "/", "/", Headers.of(headers), "127.0.0.1", false, new byte[0]);
        return OriginGuard.allows(request, cors);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, true",
        "https://evil-example.com, false",
        "https://example.com.evil.org, false",
        "https://sub.example.com, false",
        "http://example.com, false",
        "https://example.com:8443, false",
        "https://example.com/, false",
        "null, false",
        "'', false"
    })
    void onlyTheOriginsOnTheListAreLetInLetterByLetter(String origin, boolean allowed) {
        Cors cors = Cors.origins("https://example.com").build();
        assertThat(allows(cors, "origin", origin, "host", "api.example.net")).isEqualTo(allowed);
    }

    @Test
    void theServersOwnPagesAreLetInBesideTheList() {
        Cors cors = Cors.origins("https://example.com").build();
        assertThat(allows(cors, "origin", "https://api.example.net", "host", "api.example.net"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com, example.com, true",
        "https://example.com, example.com, true",
        "https://EXAMPLE.com, example.COM, true",
        "http://localhost:3000, localhost:3000, true",
        "http://localhost:3001, localhost:3000, false",
        "http://evil-example.com, example.com, false",
        "http://example.com.evil.org, example.com, false",
        "null, example.com, false",
        "null, null, false",
        "example.com, example.com, false",
        "://example.com, example.com, false"
    })
    void withoutAListThePageMustBeOfTheSameHost(String origin, String host, boolean allowed) {
        assertThat(allows(Cors.sameOrigin(), "origin", origin, "host", host)).isEqualTo(allowed);
    }

    @Test
    void withoutAHostNoOriginIsTheSame() {
        assertThat(allows(Cors.sameOrigin(), "origin", "http://example.com")).isFalse();
    }

    @Test
    void aRequestWithoutAnOriginIsNotFromAForeignPage() {
        assertThat(allows(Cors.sameOrigin())).isTrue();
        assertThat(allows(Cors.origins("https://example.com").build())).isTrue();
    }

    @Test
    void theStarLetsEverybodyInAndNeverWithCredentials() {
        assertThat(allows(Cors.origins("*").build(), "origin", "https://any.example"))
                .isTrue();
        assertThatThrownBy(() -> Cors.origins("*").credentials(true).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "https://example.com/", "", "null"})
    void whatIsNoOriginIsRefusedAtTheConfiguration(String origin) {
        assertThatThrownBy(() -> Cors.origins(origin)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://*.example.com", "https://*example.com"})
    void aStarInsideAnOriginIsNoWildcard(String pattern) {
        Cors cors;
        try {
            cors = Cors.origins(pattern).build();
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(allows(cors, "origin", "https://evil-example.com")).isFalse();
        assertThat(allows(cors, "origin", "https://a.example.com")).isFalse();
    }
}
