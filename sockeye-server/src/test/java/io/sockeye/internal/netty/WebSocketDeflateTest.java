// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.testing.RawDeflate.COMPRESSED;
import static io.sockeye.testing.RawWebSocketClient.BINARY;
import static io.sockeye.testing.RawWebSocketClient.CLOSE;
import static io.sockeye.testing.RawWebSocketClient.CONTINUATION;
import static io.sockeye.testing.RawWebSocketClient.PING;
import static io.sockeye.testing.RawWebSocketClient.PONG;
import static io.sockeye.testing.RawWebSocketClient.TEXT;
import static io.sockeye.testing.RawWebSocketClient.fragment;
import static io.sockeye.testing.RawWebSocketClient.frame;
import static io.sockeye.testing.RawWebSocketClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Headers;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.internal.transport.WebSocketSettings;
import io.sockeye.testing.RawDeflate;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RawWebSocketClient.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebSocketDeflateTest {
    private static final int LIMIT = 100_000;
    private static final String LONG = "grüße und so weiter. ".repeat(100);

    private TestServer server;

    @BeforeEach
    void start() {
        server = serve(PerMessageDeflate.on());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static TestServer serve(PerMessageDeflate deflate) {
        WebSocketSettings settings = new WebSocketSettings(LIMIT, List.of(), Headers.of(), deflate);
        return new TestServer(1, exchange -> exchange.upgrade(exchange.loop(), settings, new Echo()));
    }

    private RawWebSocketClient connect() throws Exception {
        return RawWebSocketClient.connect(server.address, "/", RawDeflate.OFFER);
    }

    private static final class Echo extends EchoService.ListenerAdapter {
        @Override
        public void onText(byte[] utf8) {
            channel().writeText(utf8);
        }

        @Override
        public void onBinary(byte[] data) {
            channel().writeBinary(data);
        }
    }

    @Test
    void theExtensionIsAgreedOnWithoutContextOnBothSides() throws Exception {
        try (RawWebSocketClient client = connect()) {
            assertThat(client.handshake().header("sec-websocket-extensions"))
                    .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        }
    }

    @Test
    void nothingIsAgreedOnWithoutAnOfferOrWithoutTheOption() throws Exception {
        try (TestServer off = serve(PerMessageDeflate.off());
                RawWebSocketClient plain = RawWebSocketClient.connect(server.address, "/");
                RawWebSocketClient declined = RawWebSocketClient.connect(off.address, "/", RawDeflate.OFFER)) {
            for (RawWebSocketClient client : List.of(plain, declined)) {
                assertThat(client.handshake().status()).isEqualTo(101);
                assertThat(client.handshake().header("sec-websocket-extensions"))
                        .isEmpty();
                client.text(LONG);
                assertThat(client.read().text()).isEqualTo(LONG);
                client.send(RawDeflate.frame(TEXT, utf8(LONG)));
                assertThat(client.read().closeCode()).isEqualTo(1002);
            }
        }
    }

    @Test
    void messagesAreCompressedBothWaysFromTheThresholdOn() throws Exception {
        try (RawWebSocketClient client = connect()) {
            for (int i = 0; i < 3; i++) {
                Frame answer = client.send(RawDeflate.frame(TEXT, utf8(LONG))).read();
                assertThat(answer.flags()).isEqualTo(0x80 | COMPRESSED);
                assertThat(RawDeflate.inflate(answer.payload())).isEqualTo(utf8(LONG));
            }
            Frame brief = client.send(RawDeflate.frame(TEXT, utf8("brief"))).read();
            assertThat(brief.flags()).isEqualTo(0x80);
            assertThat(brief.text()).isEqualTo("brief");
            Frame binary = client.binary(new byte[1024]).read();
            assertThat(binary.flags() | binary.opcode()).isEqualTo(0x80 | COMPRESSED | BINARY);
            assertThat(RawDeflate.inflate(binary.payload())).isEqualTo(new byte[1024]);
        }
    }

    @Test
    void compressedMessagesMayBeFragmentedWithControlFramesBetween() throws Exception {
        byte[] payload = RawDeflate.deflate(utf8(LONG));
        int third = payload.length / 3;
        try (RawWebSocketClient client = connect()) {
            client.send(
                    fragment(COMPRESSED | TEXT, Arrays.copyOf(payload, third)),
                    frame(PING, utf8("p")),
                    fragment(CONTINUATION, Arrays.copyOfRange(payload, third, 2 * third)),
                    frame(CONTINUATION, Arrays.copyOfRange(payload, 2 * third, payload.length)));
            assertThat(client.read().opcode()).isEqualTo(PONG);
            assertThat(RawDeflate.inflate(client.read().payload())).isEqualTo(utf8(LONG));
            assertThat(client.text("plain").read().text()).isEqualTo("plain");
        }
    }

    static Stream<byte[][]> misplacedBits() {
        return Stream.of(
                new byte[][] {frame(COMPRESSED | PING, utf8("p"))},
                new byte[][] {frame(COMPRESSED | CLOSE, RawWebSocketClient.closePayload(1000, new byte[0]))},
                new byte[][] {fragment(TEXT, utf8("a")), frame(COMPRESSED | CONTINUATION, utf8("b"))},
                new byte[][] {
                    fragment(COMPRESSED | TEXT, RawDeflate.deflate(utf8("a"))),
                    frame(COMPRESSED | CONTINUATION, utf8("b"))
                },
                new byte[][] {frame(0x20 | TEXT, utf8("a"))},
                new byte[][] {frame(0x10 | COMPRESSED | TEXT, utf8("a"))});
    }

    @ParameterizedTest
    @MethodSource("misplacedBits")
    void theBitIsForTheFirstFrameOfAMessageOnly(byte[][] frames) throws Exception {
        try (RawWebSocketClient client = connect()) {
            assertThat(client.send(frames).read().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aSmallFrameThatInflatesBeyondTheLimitClosesWith1009() throws Exception {
        try (RawWebSocketClient client = connect()) {
            Frame answer =
                    client.send(RawDeflate.frame(BINARY, new byte[20_000_000])).read();
            assertThat(answer.opcode()).isEqualTo(CLOSE);
            assertThat(answer.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aMessageOfTheLargestSizeIsTaken() throws Exception {
        try (RawWebSocketClient client = connect()) {
            Frame answer =
                    client.send(RawDeflate.frame(BINARY, new byte[LIMIT])).read();
            assertThat(RawDeflate.inflate(answer.payload())).hasSize(LIMIT);
        }
    }

    @Test
    void compressedDataBeyondTheLimitClosesWith1009() throws Exception {
        try (RawWebSocketClient client = connect()) {
            client.send(frame(COMPRESSED | BINARY, new byte[LIMIT + 1]));
            assertThat(client.read().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void dataThatIsNotCompressedAndTextThatIsNotUtf8CloseWith1007() throws Exception {
        byte[] broken = new byte[2000];
        broken[1000] = (byte) 0xff;
        for (byte[] frame : List.of(
                frame(COMPRESSED | BINARY, new byte[] {-1, -1, -1}),
                RawDeflate.frame(TEXT, broken),
                RawDeflate.frame(TEXT, new byte[] {(byte) 0xc3}))) {
            try (RawWebSocketClient client = connect()) {
                assertThat(client.send(frame).read().closeCode()).isEqualTo(1007);
            }
        }
    }

    @Test
    void whatCompressesIsGivenBackWhenTheLoopEnds() throws Exception {
        NettyLoop loop = (NettyLoop) server.loops().get(0);
        try (RawWebSocketClient client = connect()) {
            client.send(RawDeflate.frame(TEXT, utf8(LONG))).read();
            assertThat(loop.codec().closed()).isFalse();
        }
        server.close();
        await().until(() -> loop.codec().closed());
    }
}
