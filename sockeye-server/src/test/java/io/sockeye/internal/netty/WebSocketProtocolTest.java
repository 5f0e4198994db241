// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.testing.RawWebSocketClient.BINARY;
import static io.sockeye.testing.RawWebSocketClient.CLOSE;
import static io.sockeye.testing.RawWebSocketClient.CONTINUATION;
import static io.sockeye.testing.RawWebSocketClient.PING;
import static io.sockeye.testing.RawWebSocketClient.PONG;
import static io.sockeye.testing.RawWebSocketClient.TEXT;
import static io.sockeye.testing.RawWebSocketClient.fragment;
import static io.sockeye.testing.RawWebSocketClient.frame;
import static io.sockeye.testing.RawWebSocketClient.join;
import static io.sockeye.testing.RawWebSocketClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RawWebSocketClient.Frame;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
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
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketProtocolTest {
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

    private static byte[] bytes(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    // ---- messages

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 125, 126, 127, 128, 65535, 65536, 65537, 100_000})
    void binaryMessagesOfAnyLengthComeBack(int length) throws Exception {
        try (RawWebSocketClient client = connect()) {
            byte[] data = bytes(length);
            Frame answer = client.binary(data).read();
            assertThat(answer.flags()).isEqualTo(0x80);
            assertThat(answer.opcode()).isEqualTo(BINARY);
            assertThat(answer.masked()).isFalse();
            assertThat(answer.payload()).isEqualTo(data);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "grüße", "日本語", "𝄞 clef", "\u0000", "\uFFFF", "\uD7FF\uE000", "\uDBFF\uDFFF"})
    void textMessagesComeBack(String text) throws Exception {
        try (RawWebSocketClient client = connect()) {
            Frame answer = client.text(text).read();
            assertThat(answer.opcode()).isEqualTo(TEXT);
            assertThat(answer.text()).isEqualTo(text);
        }
    }

    @ParameterizedTest(name = "in pieces of {0} bytes")
    @ValueSource(ints = {1, 2, 3, 5, 13})
    void framesMayArriveInPieces(int size) throws Exception {
        try (RawWebSocketClient client = connect()) {
            byte[] frames = join(frame(TEXT, utf8("häppchen")), frame(PING, utf8("p")), frame(BINARY, bytes(200)));
            for (int i = 0; i < frames.length; i += size) {
                client.send(Arrays.copyOfRange(frames, i, Math.min(frames.length, i + size)));
            }
            assertThat(client.read().text()).isEqualTo("häppchen");
            assertThat(client.read().opcode()).isEqualTo(PONG);
            assertThat(client.read().payload()).isEqualTo(bytes(200));
        }
    }

    @Test
    void manyMessagesInOneWriteKeepTheirOrder() throws Exception {
        try (RawWebSocketClient client = connect()) {
            byte[][] frames = IntStream.range(0, 2000)
                    .mapToObj(i -> frame(TEXT, utf8("message " + i)))
                    .toArray(byte[][]::new);
            client.send(frames);
            for (int i = 0; i < frames.length; i++) {
                assertThat(client.read().text()).isEqualTo("message " + i);
            }
        }
    }

    @Test
    void maskWithZeroesIsAMask() throws Exception {
        try (RawWebSocketClient client = connect()) {
            assertThat(client.send(hex("81 82 00000000 6869")).read().text()).isEqualTo("hi");
        }
    }

    // ---- fragments

    static Stream<Arguments> fragmentedMessages() {
        byte[] clef = utf8("𝄞");
        return Stream.of(
                arguments("two fragments", join(fragment(TEXT, utf8("a")), frame(CONTINUATION, utf8("b"))), "ab"),
                arguments(
                        "three fragments",
                        join(
                                fragment(TEXT, utf8("a")),
                                fragment(CONTINUATION, utf8("b")),
                                frame(CONTINUATION, utf8("c"))),
                        "abc"),
                arguments("empty first fragment", join(fragment(TEXT, NONE), frame(CONTINUATION, utf8("b"))), "b"),
                arguments("empty last fragment", join(fragment(TEXT, utf8("a")), frame(CONTINUATION, NONE)), "a"),
                arguments("only empty fragments", join(fragment(TEXT, NONE), frame(CONTINUATION, NONE)), ""),
                arguments(
                        "a character over two fragments",
                        join(
                                fragment(TEXT, Arrays.copyOf(clef, 2)),
                                frame(CONTINUATION, Arrays.copyOfRange(clef, 2, 4))),
                        "𝄞"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fragmentedMessages")
    void fragmentsArePutTogether(String name, byte[] frames, String text) throws Exception {
        try (RawWebSocketClient client = connect()) {
            Frame answer = client.send(frames).read();
            assertThat(answer.opcode()).isEqualTo(TEXT);
            assertThat(answer.flags()).isEqualTo(0x80);
            assertThat(answer.text()).isEqualTo(text);
        }
    }

    @Test
    void controlFramesMayComeBetweenFragments() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(
                    fragment(TEXT, utf8("a")),
                    frame(PING, utf8("1")),
                    fragment(CONTINUATION, utf8("b")),
                    frame(PING, utf8("2")),
                    frame(CONTINUATION, utf8("c")));
            assertThat(client.read().text()).isEqualTo("1");
            assertThat(client.read().text()).isEqualTo("2");
            assertThat(client.read().text()).isEqualTo("abc");
        }
    }

    @Test
    void aMessageInSixThousandFragmentsOfSixteenBytesComesBack() throws Exception {
        try (RawWebSocketClient client = connect()) {
            byte[] data = bytes(96_000);
            byte[][] frames = new byte[6000][];
            for (int i = 0; i < frames.length; i++) {
                byte[] part = Arrays.copyOfRange(data, i * 16, i * 16 + 16);
                int opcode = (i == 0 ? BINARY : CONTINUATION) | (i == frames.length - 1 ? 0x80 : 0);
                frames[i] = frame(opcode, true, part);
            }
            assertThat(client.send(frames).read().payload()).isEqualTo(data);
        }
    }

    @Test
    void aFloodOfEmptyFragmentsIsStopped() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(fragment(BINARY, utf8("x")));
            byte[][] flood = new byte[2000][];
            Arrays.fill(flood, fragment(CONTINUATION, NONE));
            assertThat(client.send(flood).read().closeCode()).isEqualTo(1008);
        }
    }

    // ---- control frames

    static Stream<Arguments> pings() {
        return Stream.of(0, 1, 5, 124, 125).map(length -> arguments(length, bytes(length)));
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("pings")
    void pingIsAnsweredWithItsPayload(int length, byte[] payload) throws Exception {
        try (RawWebSocketClient client = connect()) {
            Frame answer = client.send(frame(PING, payload)).read();
            assertThat(answer.opcode()).isEqualTo(PONG);
            assertThat(answer.payload()).isEqualTo(payload);
        }
    }

    @Test
    void tenPingsInOneWriteGetTenPongs() throws Exception {
        try (RawWebSocketClient client = connect()) {
            byte[][] pings = IntStream.range(0, 10)
                    .mapToObj(i -> frame(PING, utf8("ping " + i)))
                    .toArray(byte[][]::new);
            client.send(pings);
            for (int i = 0; i < pings.length; i++) {
                assertThat(client.read().text()).isEqualTo("ping " + i);
            }
        }
    }

    @Test
    void aFloodOfPingsIsAnsweredForTheLatest() throws Exception {
        try (RawWebSocketClient client = connect()) {
            int count = 20_000;
            byte[][] pings = IntStream.range(0, count)
                    .mapToObj(i -> frame(PING, utf8("" + i)))
                    .toArray(byte[][]::new);
            client.send(pings);
            int pongs = 0;
            String latest;
            do {
                latest = client.read().text();
                pongs++;
            } while (!latest.equals("" + (count - 1)));
            assertThat(pongs).isLessThan(count / 2);
        }
    }

    @Test
    void pongsAreIgnored() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(frame(PONG, NONE), frame(PONG, utf8("unasked")), frame(TEXT, utf8("next")));
            assertThat(client.read().text()).isEqualTo("next");
        }
    }

    // ---- violations

    static Stream<Arguments> violations() {
        return Stream.of(
                arguments("RSV1 without an extension", frame(0xc1, true, utf8("a")), 1002),
                arguments("RSV2", frame(0xa1, true, utf8("a")), 1002),
                arguments("RSV3", frame(0x91, true, utf8("a")), 1002),
                arguments("all RSV bits on a ping", frame(0xf9, true, NONE), 1002),
                arguments("opcode 3", frame(0x83, true, NONE), 1002),
                arguments("opcode 4", frame(0x84, true, utf8("x")), 1002),
                arguments("opcode 5", frame(0x85, true, NONE), 1002),
                arguments("opcode 6", frame(0x86, true, NONE), 1002),
                arguments("opcode 7", frame(0x87, true, NONE), 1002),
                arguments("opcode 11", frame(0x8b, true, NONE), 1002),
                arguments("opcode 12", frame(0x8c, true, utf8("x")), 1002),
                arguments("opcode 13", frame(0x8d, true, NONE), 1002),
                arguments("opcode 14", frame(0x8e, true, NONE), 1002),
                arguments("opcode 15", frame(0x8f, true, NONE), 1002),
                arguments("a text frame without a mask", frame(0x81, false, utf8("a")), 1002),
                arguments("an empty frame without a mask", frame(0x82, false, NONE), 1002),
                arguments("a ping without a mask", frame(0x89, false, NONE), 1002),
                arguments("a ping of 126 bytes", frame(PING, new byte[126]), 1002),
                arguments("a pong of 126 bytes", frame(PONG, new byte[126]), 1002),
                arguments("a close frame of 126 bytes", frame(CLOSE, new byte[126]), 1002),
                arguments("a fragmented ping", fragment(PING, NONE), 1002),
                arguments("a fragmented pong", fragment(PONG, NONE), 1002),
                arguments("a fragmented close frame", fragment(CLOSE, NONE), 1002),
                arguments("a length with the top bit set", hex("82 ff 8000000000000000 00000000"), 1002),
                arguments("a length of minus one", hex("82 ff ffffffffffffffff 00000000"), 1002),
                arguments("125 as a 16-bit length", hex("82 fe 007d 00000000"), 1002),
                arguments("0 as a 16-bit length", hex("82 fe 0000 00000000"), 1002),
                arguments("65535 as a 64-bit length", hex("82 ff 000000000000ffff 00000000"), 1002),
                arguments("5 as a 64-bit length", hex("82 ff 0000000000000005 00000000"), 1002),
                arguments("a continuation without a start", frame(CONTINUATION, utf8("a")), 1002),
                arguments("a fragmented continuation without a start", fragment(CONTINUATION, utf8("a")), 1002),
                arguments(
                        "a text frame inside a fragmented message",
                        join(fragment(TEXT, utf8("a")), frame(TEXT, utf8("b"))),
                        1002),
                arguments(
                        "a binary fragment inside a fragmented message",
                        join(fragment(TEXT, utf8("a")), fragment(BINARY, utf8("b"))),
                        1002),
                arguments("one byte more than the limit", hex("82 ff 00000000000186a1 00000000"), 1009),
                arguments("a terabyte announced", hex("82 ff 0000010000000000 00000000"), 1009),
                arguments(
                        "fragments that exceed the limit together",
                        join(fragment(BINARY, new byte[60_000]), frame(CONTINUATION, new byte[40_001])),
                        1009));
    }

    @ParameterizedTest(name = "{0} closes with {2}")
    @MethodSource("violations")
    void violationsCloseTheConnection(String name, byte[] frames, int code) throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(frames);
            assertClosedWith(client, code);
        }
    }

    @Test
    void aContinuationAfterAFinishedMessageIsAViolation() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(fragment(TEXT, NONE), frame(CONTINUATION, NONE), frame(CONTINUATION, NONE));
            assertThat(client.read().text()).isEmpty();
            assertClosedWith(client, 1002);
        }
    }

    static Stream<Arguments> invalidText() {
        return Stream.of(
                arguments("a lone continuation byte", "80"),
                arguments("an overlong slash", "c0af"),
                arguments("an overlong slash in three bytes", "e080af"),
                arguments("an overlong slash in four bytes", "f08080af"),
                arguments("a lone surrogate", "eda080"),
                arguments("a pair of surrogates", "eda080edb080"),
                arguments("beyond U+10FFFF", "f4908080"),
                arguments("a five-byte form", "f888808080"),
                arguments("a character cut off by another", "e282 41"),
                arguments("a character cut off by the end", "e282"),
                arguments("bad after eight good bytes", "4142434445464748ff"),
                arguments("0xfe", "fe"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidText")
    void textThatIsNotUtf8ClosesWith1007(String name, String digits) throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(frame(TEXT, hex(digits)));
            assertClosedWith(client, 1007);
        }
    }

    @Test
    void invalidTextIsFoundInAFragmentBeforeTheMessageEnds() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(fragment(TEXT, utf8("fine")), fragment(CONTINUATION, hex("edafbf")));
            assertClosedWith(client, 1007);
        }
    }

    @Test
    void invalidTextIsFoundBeforeTheFrameEnds() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(hex("81 fe 1000 00000000 ff"));
            assertClosedWith(client, 1007);
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
