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
    @CsvSource({
        "https://a.example.com, true",
        "https://a-b.c.example.com, true",
        "https://example.com, false",
        "https://.example.com, false",
        "https://evil-example.com, false",
        "https://a.evil-example.com, false",
        "https://example.com.evil, false",
        "https://a.example.com.evil, false",
        "https://evil/.example.com, false",
        "https://evil?.example.com, false",
        "https://evil#.example.com, false",
        "https://evil@a.example.com, false",
        "https://evil:80.example.com, false",
        "https://-a.example.com, false",
        "https://a.example.com/, false",
        "http://a.example.com, false",
        "https://a.example.com:8443, false",
        "https://a.exampleXcom, false",
        "https://*.example.com, false",
        "null, false"
    })
    void aStarStandsForNamesBelowAName(String origin, boolean allowed) {
        Cors cors = Cors.origins("https://*.example.com").build();
        assertThat(allows(cors, "origin", origin, "host", "api.example.net")).isEqualTo(allowed);
    }

    @Test
    void aStarMayHaveAPort() {
        Cors cors = Cors.origins("http://*.example.com:8080", "https://other.example")
                .build();
        assertThat(cors.allows("http://a.example.com:8080")).isTrue();
        assertThat(cors.allows("http://a.example.com")).isFalse();
        assertThat(cors.allows("https://other.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*example.com",
                "https://a.*.example.com",
                "https://*.com",
                "https://*",
                "*.example.com",
                "https://*.example.com/",
                "https://*.*.example.com",
                "*://*.example.com",
                "https://*.example.com:*",
                "**"
            })
    void aStarElsewhereIsRefusedAtTheConfiguration(String pattern) {
        assertThatThrownBy(() -> Cors.origins(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRuleDecidesForTheRestAndIsNotAskedAboutNull() {
        Cors cors = Cors.origins("https://example.com")
                .orOriginsThat(origin -> origin.endsWith("-preview.example.net") || origin.equals("null"))
                .build();
        assertThat(cors.allows("https://example.com")).isTrue();
        assertThat(cors.allows("https://pr-7-preview.example.net")).isTrue();
        assertThat(cors.allows("https://evil.example")).isFalse();
        assertThat(cors.allows("null")).isFalse();
        assertThat(Cors.originsThat(origin -> true).credentials(true).build().allows("null"))
                .isFalse();
    }

    @Test
    void nullIsLetInOnlyIfThatIsSaid() {
        assertThat(Cors.origins("https://example.com").build().allows("null")).isFalse();
        assertThat(Cors.origins("https://example.com").nullOrigin(true).build().allows("null"))
                .isTrue();
    }
}
