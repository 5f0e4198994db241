// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.HttpResponse;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.TrustedProxies;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxyTest {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Sockeye server;

    private void start(SockeyeBuilder options) {
        server = running.start(options, s -> {
            s.route("GET", "/who", request -> HttpResponse.text(request.remoteAddress() + " " + request.secure()));
            s.namespace("/")
                    .onConnect(socket -> socket.emit(
                            "who",
                            socket.handshake().address() + " "
                                    + socket.handshake().secure()));
            s.webSocket("/plain").onOpen(socket -> socket.send(socket.request().remoteAddress()));
        });
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
    }

    private RawHttpClient http() throws Exception {
        return running.closing(RawHttpClient.connect(address()));
    }

    private String who(String... headers) throws Exception {
        return http().request("GET", "/who", headers).read().body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.7",
                "X-Forwarded-Proto: https",
                "Forwarded: for=203.0.113.7;proto=https",
                "X-Real-IP: 203.0.113.7"
            })
    void withoutTrustNobodyIsBelieved(String header) throws Exception {
        start(Sockeye.builder());
        assertThat(who(header)).isEqualTo("127.0.0.1 false");
    }

    @Test
    void anotherPeerThanTheTrustedOnesIsNotBelieved() throws Exception {
        start(Sockeye.builder().trustedProxies("10.0.0.0/8", "::1"));
        assertThat(who("X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https"))
                .isEqualTo("127.0.0.1 false");
    }

    @Test
    void aTrustedProxyTellsTheClientOfAllThatHasOne() throws Exception {
        start(Sockeye.builder().trustedProxies("127.0.0.0/8"));
        String[] headers = {"X-Forwarded-For: 198.51.100.1, 203.0.113.7", "X-Forwarded-Proto: https"};
        assertThat(who(headers)).isEqualTo("203.0.113.7 true");
        running.open("", headers).join("/").expect("2['who','203.0.113.7 true']");
        assertThat(running.closing(RawWebSocketClient.connect(address(), "/plain", headers))
                        .read()
                        .text())
                .isEqualTo("203.0.113.7");
    }

    @Test
    void twoFieldsThatDifferAreNotBelieved() throws Exception {
        start(Sockeye.builder().trustedProxies("127.0.0.1"));
        RawHttpClient.Response answer = http().request(
                        "GET", "/who", "X-Forwarded-For: 203.0.113.7", "Forwarded: for=198.51.100.1")
                .read();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(server.connections().refused()).containsEntry(RefusalReason.PROXY, 1L);
        assertThat(who("X-Forwarded-For: 203.0.113.7", "Forwarded: for=\"203.0.113.7:80\";proto=https"))
                .isEqualTo("203.0.113.7 true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0", "::1/129", "", "10.0.0.0/", "1.2.3.4/a"})
    void whatIsNoNetworkIsRefusedAtTheConfiguration(String network) {
        assertThatThrownBy(() -> Sockeye.builder().trustedProxies(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.0/8");
    }

    // PROXY protocol

    private void startWithProxyProtocol(String network) {
        start(Sockeye.builder().trustedProxies(TrustedProxies.of(network).withProxyProtocol()));
    }

    /** A header of version 2. */
    private static byte[] version2(int command, int family, String rest) {
        byte[] bytes = HexFormat.of().parseHex(rest);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(SIGNATURE);
        header.write(command);
        header.write(family);
        header.write(bytes.length >> 8);
        header.write(bytes.length);
        header.writeBytes(bytes);
        return header.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 203.0.113.7 127.0.0.1 4711 3000, 203.0.113.7",
        "PROXY TCP6 2001:db8::7 ::1 4711 3000, 2001:db8::7",
        "PROXY TCP6 ::ffff:203.0.113.7 ::1 4711 3000, 203.0.113.7",
        "PROXY UNKNOWN, 127.0.0.1"
    })
    void version1TellsTheClient(String line, String client) throws Exception {
        startWithProxyProtocol("127.0.0.1");
        RawHttpClient http = http().send(line + "\r\n");
        assertThat(http.request("GET", "/who").read().body()).isEqualTo(client + " false");
        assertThat(http.request("GET", "/who", "X-Forwarded-For: 192.0.2.1")
                        .read()
                        .body())
                .startsWith(line.endsWith("UNKNOWN") ? "192.0.2.1" : client);
    }

    @Test
    void version2TellsTheClientAndWhetherItsConnectionIsEncrypted() throws Exception {
        startWithProxyProtocol("127.0.0.1");
        String addresses = "cb0071077f00000112670bb8";
        assertThat(http().send(version2(0x21, 0x11, addresses))
                        .request("GET", "/who")
                        .read()
                        .body())
                .isEqualTo("203.0.113.7 false");
        String tls = "200005" + "01" + "00000000";
        assertThat(http().send(version2(0x21, 0x11, addresses + tls))
                        .request("GET", "/who")
                        .read()
                        .body())
                .isEqualTo("203.0.113.7 true");
        assertThat(http().send(version2(0x20, 0x00, ""))
                        .request("GET", "/who")
                        .read()
                        .body())
                .isEqualTo("127.0.0.1 false");
    }

    @Test
    void aHeaderThatComesByteByByteIsTakenAndAWebSocketFollows() throws Exception {
        startWithProxyProtocol("127.0.0.1");
        RawHttpClient http = http();
        for (byte b : version2(0x21, 0x11, "cb0071077f00000112670bb8")) {
            http.send(new byte[] {b});
        }
        RawWebSocketClient webSocket = RawWebSocketClient.connect(http, "/plain", new byte[0]);
        assertThat(webSocket.read().text()).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /who HTTP/1.1\r\nHost: a\r\n\r\n",
                "PROXY TCP4 203.0.113.7\r\n",
                "PROXY TCP4 203.0.113.777 127.0.0.1 1 2\r\n",
                "PROXY TCP4 evil.example 127.0.0.1 1 2\r\n",
                "PROXY TCP4 203.0.113.7 127.0.0.1 1 99999\r\n",
                "PROXY TCP9 203.0.113.7 127.0.0.1 1 2\r\n",
                "\r\n\r\n\0\r\nQUIT\n1\n\0\0"
            })
    void aTrustedProxyThatDoesNotSpeakTheProtocolIsClosed(String bytes) throws Exception {
        startWithProxyProtocol("127.0.0.1");
        RawHttpClient http = http().send(bytes);
        http.socket().shutdownOutput();
        assertThat(http.ended()).isTrue();
        assertThat(http().send("PROXY UNKNOWN\r\n")
                        .request("GET", "/who")
                        .read()
                        .status())
                .isEqualTo(200);
        assertThat(server.connections().refused()).containsEntry(RefusalReason.PROXY, 1L);
    }

    @Test
    void anEndlessHeaderIsClosed() throws Exception {
        startWithProxyProtocol("127.0.0.1");
        RawHttpClient http = http().send("PROXY TCP4 " + "1".repeat(5_000));
        assertThat(http.ended()).isTrue();
        await().until(() -> server.connections().tcpConnections() == 0);
    }

    @Test
    void aPeerThatIsNotTrustedMayNotSpeakTheProtocol() throws Exception {
        startWithProxyProtocol("10.0.0.0/8");
        assertThat(who()).isEqualTo("127.0.0.1 false");
        RawHttpClient http = http().send("PROXY TCP4 203.0.113.7 127.0.0.1 1 2\r\n");
        assertThat(http.request("GET", "/who").read().status()).isEqualTo(400);
    }
}
