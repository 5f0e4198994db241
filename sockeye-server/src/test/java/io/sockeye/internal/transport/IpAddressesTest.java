// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {
    private static InetAddress parsed(String text) {
        return Objects.requireNonNull(IpAddresses.parse(text), text);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "255.255.255.255, 255.255.255.255",
        "::1, ::1",
        "::, ::",
        "2001:db8::, 2001:db8::",
        "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void anAddressHasOneText(String written, String text) {
        assertThat(IpAddresses.text(parsed(written))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "localhost",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.256",
                "1.2.3.4 ",
                "1..3.4",
                ":",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "::g",
                "fe80::1%eth0",
                "[::1]",
                "dead.beef",
                "1.2.3.4:80"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(IpAddresses.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8:0:0::/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "'', ''",
        "weird:thing, weird:thing"
    })
    void whatBelongsToOneSiteCountsAsOne(String address, String site) {
        assertThat(IpAddresses.site(address)).isEqualTo(site);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "127.0.0.1, 127.0.0.2, false",
        "::1, ::1, true",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void aNetworkIsTheFirstBits(String network, String address, boolean inside) {
        assertThat(Networks.of(List.of(network)).contains(parsed(address))).isEqualTo(inside);
    }

    @Test
    void noNetworkHoldsNothing() {
        assertThat(Networks.none().contains(parsed("127.0.0.1"))).isFalse();
    }
}
