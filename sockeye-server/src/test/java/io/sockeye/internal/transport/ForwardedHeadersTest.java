// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Headers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {
    private static final Networks TRUSTED = Networks.of(List.of("10.0.0.0/8", "fd00::/8"));

    private static String client(String peer, String... headers) throws UnknownHostException {
        Peer client =
                ForwardedHeaders.client(Peer.of(InetAddress.getByName(peer), false), Headers.of(headers), TRUSTED);
        return client == null ? "refused" : client.text() + (client.secure() ? " secure" : "");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "'203.0.113.7, 10.0.0.2', 203.0.113.7",
        "'198.51.100.9, 203.0.113.7, 10.0.0.2', 203.0.113.7",
        "'10.0.0.9, 203.0.113.7', 203.0.113.7",
        "'10.0.0.3, 10.0.0.2', 10.0.0.3",
        "203.0.113.7:4711, 203.0.113.7",
        "[2001:db8::1]:4711, 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "::ffff:203.0.113.7, 203.0.113.7",
        "'203.0.113.7, ::ffff:10.0.0.2', 203.0.113.7",
        "unknown, 10.0.0.1",
        "'203.0.113.7, unknown', 10.0.0.1",
        "'203.0.113.7, _hidden, 10.0.0.2', 10.0.0.2",
        "'', 10.0.0.1",
        "'203.0.113.7,', 10.0.0.1",
        "localhost, 10.0.0.1",
        "010.0.0.1, 10.0.0.1",
        "1.2.3, 10.0.0.1",
        "999.2.3.4, 10.0.0.1",
        "' 203.0.113.7 , 10.0.0.2 ', 203.0.113.7"
    })
    void theWalkGoesFromTheRightOverTrustedHops(String value, String expected) throws Exception {
        assertThat(client("10.0.0.1", "x-forwarded-for", value)).isEqualTo(expected);
    }

    @Test
    void severalFieldsAreOneList() throws Exception {
        assertThat(client("10.0.0.1", "x-forwarded-for", "203.0.113.7", "x-forwarded-for", "10.0.0.2"))
                .isEqualTo("203.0.113.7");
        assertThat(client("fd00::1", "forwarded", "for=203.0.113.7", "forwarded", "for=10.0.0.2"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void whatAPeerSaysThatIsNotTrustedIsIgnored() throws Exception {
        assertThat(client("192.0.2.1", "x-forwarded-for", "203.0.113.7", "x-forwarded-proto", "https"))
                .isEqualTo("192.0.2.1");
        assertThat(client("192.0.2.1", "forwarded", "for=;;")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, https, 203.0.113.7 secure",
        "203.0.113.7, http, 203.0.113.7",
        "203.0.113.7, 'https, http', 203.0.113.7",
        "'203.0.113.7, 10.0.0.2', 'https, http', 203.0.113.7 secure",
        "'203.0.113.7, 10.0.0.2', https, 203.0.113.7 secure",
        "'198.51.100.9, 203.0.113.7', 'https, http', 203.0.113.7",
        "unknown, https, 10.0.0.1 secure",
        "203.0.113.7, wss, 203.0.113.7 secure",
        "203.0.113.7, HTTPS, 203.0.113.7 secure"
    })
    void theSchemeIsThatOfTheHopThatSawTheClient(String addresses, String schemes, String expected) throws Exception {
        assertThat(client("10.0.0.1", "x-forwarded-for", addresses, "x-forwarded-proto", schemes))
                .isEqualTo(expected);
    }

    @Test
    void aSchemeAloneIsEnough() throws Exception {
        assertThat(client("10.0.0.1", "x-forwarded-proto", "https")).isEqualTo("10.0.0.1 secure");
    }

    @ParameterizedTest
    @CsvSource({
        "for=203.0.113.7, 203.0.113.7",
        "For=203.0.113.7;Proto=HTTPS;by=10.0.0.1;host=a.example, 203.0.113.7 secure",
        "'for=203.0.113.7;proto=https, for=10.0.0.2;proto=http', 203.0.113.7 secure",
        "'for=198.51.100.1, for=203.0.113.7', 203.0.113.7",
        "'for=\"[2001:db8::1]:4711\"', 2001:db8::1",
        "'for=\"203.0.113.7:80\"', 203.0.113.7",
        "for=[2001:db8::1], 2001:db8::1",
        "for=unknown, 10.0.0.1",
        "for=_gazonk, 10.0.0.1",
        "proto=https, 10.0.0.1 secure",
        "'for=\"203.0.113\\.7\"', 203.0.113.7"
    })
    void theStandardFieldIsRead(String value, String expected) throws Exception {
        assertThat(client("10.0.0.1", "forwarded", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "203.0.113.7",
                "for",
                "for=",
                "for=\"203.0.113.7",
                "for=203.0.113.7;",
                "for=203.0.113.7,",
                "for=203.0.113.7;for=198.51.100.1",
                "for=203.0.113.7;proto=http;proto=https",
                ",for=203.0.113.7",
                "for=203.0.113.7 proto=https",
                "for=\"a\"b",
                "=a"
            })
    void aMalformedStandardFieldOfAProxyIsRefused(String value) throws Exception {
        assertThat(client("10.0.0.1", "forwarded", value)).isEqualTo("refused");
    }

    @Test
    void theTwoKindsHaveToAgree() throws Exception {
        assertThat(client("10.0.0.1", "x-forwarded-for", "203.0.113.7", "forwarded", "for=198.51.100.1"))
                .isEqualTo("refused");
        assertThat(client("10.0.0.1", "x-forwarded-for", "203.0.113.7", "forwarded", "for=203.0.113.7"))
                .isEqualTo("203.0.113.7");
        assertThat(client("10.0.0.1", "x-forwarded-proto", "https", "forwarded", "for=203.0.113.7"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void thousandsOfHopsTakeNoTime() throws Exception {
        assertThat(client("10.0.0.1", "x-forwarded-for", "10.0.0.2,".repeat(100_000)))
                .isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1", "forwarded", "for=10.0.0.2,".repeat(5_000) + "for=10.0.0.3"))
                .isEqualTo("10.0.0.2");
    }
}
