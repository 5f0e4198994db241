// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.testing.RawWebSocketClient.CLOSE;
import static io.sockeye.testing.RawWebSocketClient.PING;
import static io.sockeye.testing.RawWebSocketClient.TEXT;
import static io.sockeye.testing.RawWebSocketClient.closePayload;
import static io.sockeye.testing.RawWebSocketClient.fragment;
import static io.sockeye.testing.RawWebSocketClient.frame;
import static io.sockeye.testing.RawWebSocketClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RawWebSocketClient.Frame;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketClosingTest {
    private static final byte[] NONE = {};

    private EchoService echo;
    private TestServer server;
    private int connections;
    private String target = "";

    @BeforeAll
    void start() {
        echo = new EchoService(UnaryOperator.identity());
        server = new TestServer(1, echo);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawWebSocketClient connect() throws Exception {
        target = "/" + ++connections;
        return RawWebSocketClient.connect(server.address, target);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static Stream<Arguments> goodCloses() {
        return Stream.of(
                arguments("1000 without a reason", closePayload(1000, NONE), 1000, ""),
                arguments("1000 with a reason", closePayload(1000, utf8("tschüß")), 1000, "tschüß"),
                arguments("1001", closePayload(1001, NONE), 1001, ""),
                arguments("1003", closePayload(1003, NONE), 1003, ""),
                arguments("1007", closePayload(1007, NONE), 1007, ""),
                arguments("1011", closePayload(1011, NONE), 1011, ""),
                arguments("1012", closePayload(1012, NONE), 1012, ""),
                arguments("1014", closePayload(1014, NONE), 1014, ""),
                arguments("3000", closePayload(3000, NONE), 3000, ""),
                arguments("3999", closePayload(3999, NONE), 3999, ""),
                arguments("4000", closePayload(4000, utf8("own")), 4000, "own"),
                arguments("4999", closePayload(4999, NONE), 4999, ""),
                arguments("the longest reason", closePayload(1000, utf8("r".repeat(123))), 1000, "r".repeat(123)),
                arguments("an empty frame", NONE, 1005, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodCloses")
    void closeIsAnsweredWithTheSameCode(String name, byte[] payload, int code, String reason) throws Exception {
        try (RawWebSocketClient client = connect()) {
            Frame answer = client.send(frame(CLOSE, payload)).read();
            assertThat(answer.opcode()).isEqualTo(CLOSE);
            assertThat(answer.closeCode()).isEqualTo(code);
            assertThat(client.ended()).isTrue();
            assertThat(nextClosed()).isEqualTo(new EchoService.Closed(code, reason));
        }
    }

    static Stream<Arguments> badCloses() {
        Stream<Arguments> codes = IntStream.of(0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
                .mapToObj(code -> arguments("code " + code, closePayload(code, NONE), 1002));
        return Stream.concat(
                codes,
                Stream.of(
                        arguments("half a code", new byte[] {3}, 1002),
                        arguments("a reason that is not UTF-8", closePayload(1000, hex("ff")), 1007),
                        arguments("a reason that ends in a character", closePayload(1000, hex("61 e282")), 1007)));
    }

    @ParameterizedTest(name = "{0} closes with {2}")
    @MethodSource("badCloses")
    void badCloseFramesAreViolations(String name, byte[] payload, int code) throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(frame(CLOSE, payload));
            assertClosedWith(client, code);
        }
    }

    @Test
    void whatFollowsACloseFrameIsIgnored() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(frame(CLOSE, closePayload(1000, NONE)), frame(TEXT, utf8("late")), frame(PING, NONE));
            assertThat(client.read().closeCode()).isEqualTo(1000);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aConnectionThatBreaksIsReportedAs1006() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.text("hello").read();
        }
        assertThat(nextClosed()).isEqualTo(new EchoService.Closed(1006, ""));
    }

    @Test
    void aConnectionThatBreaksInsideAMessageIsReportedAs1006() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(fragment(TEXT, utf8("part")), hex("80 fe 1000 00000000 0102"));
        }
        assertThat(nextClosed().code()).isEqualTo(1006);
    }

    @Test
    void theServerWaitsForTheAnswerToItsCloseFrame() throws Exception {
        try (RawWebSocketClient client = connect()) {
            var channel = echo.channel(target);
            channel.loop().execute(() -> channel.close(4001, "enough"));
            Frame frame = client.read();
            assertThat(frame.closeCode()).isEqualTo(4001);
            assertThat(frame.closeReason()).isEqualTo("enough");
            client.send(frame(TEXT, utf8("ignored")), frame(CLOSE, closePayload(4001, NONE)));
            assertThat(client.ended()).isTrue();
            assertThat(nextClosed()).isEqualTo(new EchoService.Closed(4001, ""));
        }
    }

    @Test
    void theServerDoesNotWaitForeverForTheAnswerToItsCloseFrame() throws Exception {
        try (RawWebSocketClient client = connect()) {
            var channel = echo.channel(target);
            channel.loop().execute(() -> channel.close(1005, ""));
            assertThat(client.read().payload()).isEmpty();
            assertThat(client.ended()).isTrue();
            assertThat(nextClosed().code()).isEqualTo(1006);
        }
    }

    @Test
    void anAbortedConnectionSendsNoCloseFrame() throws Exception {
        try (RawWebSocketClient client = connect()) {
            var channel = echo.channel(target);
            channel.loop().execute(channel::abort);
            assertThat(client.ended()).isTrue();
            assertThat(nextClosed().code()).isEqualTo(1006);
        }
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() throws Exception {
        try (RawWebSocketClient client = connect()) {
            var channel = echo.channel(target);
            channel.loop().execute(() -> channel.close(1000, "ü".repeat(100)));
            assertThat(client.read().closeReason()).isEqualTo("ü".repeat(61));
        }
    }

    private void assertClosedWith(RawWebSocketClient client, int code) throws Exception {
        Frame answer = client.read();
        assertThat(answer.opcode()).isEqualTo(CLOSE);
        assertThat(answer.closeCode()).isEqualTo(code);
        assertThat(client.ended()).isTrue();
        assertThat(nextClosed().code()).isEqualTo(code);
    }

    private EchoService.Closed nextClosed() throws Exception {
        return echo.closed(target);
    }
}
