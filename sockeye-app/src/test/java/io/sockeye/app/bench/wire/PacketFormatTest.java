// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

class PacketFormatTest {
    private static final String STAMP = "00000000000000ff";

    private final Heard heard = new Heard();

    /** What a format told. */
    private static final class Heard implements PacketListener {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void onConnect() {
            calls.add("connect");
        }

        @Override
        public void onConnectError(String reason) {
            calls.add("refused " + reason);
        }

        @Override
        public void onAcknowledgement(long stamp) {
            calls.add("acknowledged " + stamp);
        }

        @Override
        public void onDelivery(long stamp) {
            calls.add("delivered " + stamp);
        }

        @Override
        public void onDisconnect() {
            calls.add("disconnect");
        }
    }

    @Test
    void textPacketsAreWrittenWithTheirChangingPartsFilledIn() {
        JsonPackets format = new JsonPackets("/chat");

        assertThat(text(format.echo(20))).isEqualTo("42/chat,1234[\"echo\",\"" + STAMP + "xxxx\"]");
        assertThat(text(format.publish("r", 16))).isEqualTo("42/chat,[\"pub\",\"r\",\"" + STAMP + "\"]");
        assertThat(text(format.join("r"))).isEqualTo("42/chat,1234[\"join\",\"r\"]");
        assertThat(text(format.connect("{}"))).isEqualTo("40/chat,{}");
        assertThat(text(new JsonPackets("/").echo(16))).isEqualTo("421234[\"echo\",\"" + STAMP + "\"]");
    }

    @Test
    void messagePackPacketsAreWrittenWithTheirChangingPartsFilledIn() throws IOException {
        MessagePackPackets format = new MessagePackPackets("/chat");

        assertThat(json(format.echo(20)))
                .isEqualTo("{\"type\":2,\"data\":[\"echo\",\"" + STAMP + "xxxx\"],\"id\":1234,\"nsp\":\"/chat\"}");
        assertThat(json(format.publish("r", 16)))
                .isEqualTo("{\"type\":2,\"data\":[\"pub\",\"r\",\"" + STAMP + "\"],\"nsp\":\"/chat\"}");
        assertThat(json(format.connect("{\"a\":[1,true,null,0.5]}")))
                .isEqualTo("{\"type\":0,\"data\":{\"a\":[1,true,null,0.5]},\"nsp\":\"/chat\"}");
        assertThat(json(format.disconnect())).isEqualTo("{\"type\":1,\"nsp\":\"/chat\"}");
    }

    @Test
    void textPacketsAreRecognised() {
        JsonPackets format = new JsonPackets("/");
        for (String packet : List.of(
                "40{\"sid\":\"x\"}",
                "42[\"msg\",\"" + STAMP + "xx\"]",
                "42[\"welcome\",\"" + STAMP + "xx\"]",
                "4317[\"" + STAMP + "xx\"]",
                "4317[]",
                "44{\"message\":\"no\"}",
                "41")) {
            read(format, packet.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(heard.calls)
                .containsExactly(
                        "connect",
                        "delivered 255",
                        "acknowledged 255",
                        "acknowledged -1",
                        "refused 44{\"message\":\"no\"}",
                        "disconnect");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagePackPacketsAreRecognisedWhateverTheOrderOfTheirKeys(boolean typeFirst) throws IOException {
        MessagePackPackets format = new MessagePackPackets("/");
        read(format, packet(typeFirst, 2, "msg", STAMP + "x".repeat(50)));
        read(format, packet(typeFirst, 2, "msg", STAMP + "x".repeat(1_000)));
        read(format, packet(typeFirst, 3, STAMP + "x".repeat(1_000)));
        read(format, packet(typeFirst, 3));
        read(format, packet(typeFirst, 2, "welcome", STAMP));
        read(format, packet(typeFirst, 0));
        read(format, packet(typeFirst, 1));

        assertThat(heard.calls)
                .containsExactly(
                        "delivered 255",
                        "delivered 255",
                        "acknowledged 255",
                        "acknowledged -1",
                        "connect",
                        "disconnect");
    }

    @Test
    void theReasonOfARefusalIsShown() {
        MessagePackWriter out = new MessagePackWriter().map(3).entry("type", 4);
        out.string("data").map(1).string("message").string("no");
        read(new MessagePackPackets("/"), out.string("nsp").string("/").bytes());

        assertThat(heard.calls).containsExactly("refused {\"message\":\"no\"}");
    }

    @Test
    void aFrameHasItsLengthAndTheMaskZero() {
        for (int payload : new int[] {16, 200, 70_000}) {
            PacketTemplate template = new JsonPackets("/").echo(payload);
            ByteBuf frame = Unpooled.buffer();
            template.writeFrame(frame, 255, 1_234);

            int header = template.frameLength() - template.packetLength();
            assertThat(frame.readableBytes()).isEqualTo(template.frameLength());
            assertThat(header).isEqualTo(payload < 100 ? 6 : payload < 0xffff ? 8 : 14);
            assertThat(frame.getInt(header - 4)).as("the mask").isZero();
            assertThat(frame.toString(header, 2, StandardCharsets.US_ASCII)).isEqualTo("42");
        }
    }

    /** Reads what a transport would pass on: no more than the prefix. */
    private void read(PacketFormat format, byte[] packet) {
        format.read(Unpooled.wrappedBuffer(packet), 0, Math.min(packet.length, PacketFormat.PREFIX), heard);
    }

    private static String text(PacketTemplate template) {
        return written(template).toString(StandardCharsets.UTF_8);
    }

    private static String json(PacketTemplate template) throws IOException {
        ByteBuf bytes = written(template);
        try (MessageUnpacker unpacker =
                MessagePack.newDefaultUnpacker(bytes.array(), bytes.readerIndex(), bytes.readableBytes())) {
            return unpacker.unpackValue().toJson();
        }
    }

    private static ByteBuf written(PacketTemplate template) {
        ByteBuf out = Unpooled.buffer();
        template.writePacket(out, 255, 1_234);
        return out;
    }

    private static byte[] packet(boolean typeFirst, int type, String... data) {
        MessagePackWriter out = new MessagePackWriter().map(3);
        if (typeFirst) {
            out.entry("type", type);
        }
        out.string("nsp").string("/").string("data").array(data.length);
        for (String element : data) {
            out.string(element);
        }
        if (!typeFirst) {
            out.entry("type", type);
        }
        return out.bytes();
    }
}
