// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.Namespace;
import io.sockeye.api.PayloadLimits;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RateLimits;
import io.sockeye.event.Args;
import io.sockeye.protocol.MessagePackFormat;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that are small to send and large to take. */
class HostilePayloadTest {
    private static final int MESSAGE = 8_000_000;

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final LinkedBlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();

    private void start(PayloadLimits limits) {
        running.start(
                Sockeye.builder().maxHttpBufferSize(MESSAGE).payloadLimits(limits), s -> declare(s.namespace("/")));
    }

    private void declare(Namespace main) {
        main.onDisconnect((socket, reason) -> ended.add(reason))
                .on(
                        "echo",
                        Args.class,
                        (socket, args) -> socket.emit("echo", args.values().toArray()))
                .on("map", Map.class, (socket, map) -> handled.add("map"))
                .on("int", Integer.class, (socket, n) -> handled.add("int"))
                .on("long", Long.class, (socket, n) -> handled.add("long"))
                .on("integer", BigInteger.class, (socket, n) -> handled.add("integer"))
                .on("decimal", BigDecimal.class, (socket, n) -> handled.add("decimal"))
                .on("double", Double.class, (socket, n) -> handled.add("double"));
    }

    static Stream<String> tooMuch() {
        String keys =
                IntStream.range(0, 500_000).mapToObj(i -> "'k" + i + "':0").collect(Collectors.joining(","));
        return Stream.of(
                "[".repeat(500_000),
                "[".repeat(200) + "]".repeat(200),
                "{'a':".repeat(500_000),
                "9".repeat(1_000_000),
                "-0." + "9".repeat(1_000_000),
                "1e" + "9".repeat(1_000_000),
                "{" + keys + "}",
                "[" + "{'a':[{'b':0}]},".repeat(2) + "{'x':{" + keys + "}}]",
                "[" + "0,".repeat(1_000_000) + "0]",
                "[" + "{},".repeat(1_000_000) + "0]",
                "[" + "[],".repeat(1_000_000) + "0]",
                "0" + ",0".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void moreThanTheBoundsEndsTheConnectionAndNothingElse(String value) throws Exception {
        start(PayloadLimits.defaults());
        SocketIoClient bystander = running.connect();
        assertThat(running.connect().send("2['echo'," + value + "]").ended()).isTrue();
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.FORCED_CLOSE);
        assertThat(running.open().send("0{'a':" + value + "}").ended()).isTrue();
        bystander.send("2['echo',1]").expect("2['echo',1]");
    }

    @Test
    void theBoundsAreOptions() throws Exception {
        start(PayloadLimits.builder()
                .maxDepth(3)
                .maxNumberLength(4)
                .maxStringLength(12)
                .maxKeys(2)
                .maxValues(6)
                .uniqueKeys(true)
                .build());
        running.connect()
                .send("2['echo',[[1234]],'123456789012']")
                .expect("2['echo',[[1234]],'123456789012']")
                .send("2['echo',{'a':1,'b':2},{'c':3}]")
                .expect("2['echo',{'a':1,'b':2},{'c':3}]");
        for (String value : List.of(
                "[[[]]]",
                "12345",
                "'1234567890123'",
                "'\\u0031\\u0031\\u0031'",
                "{'a':1,'b':2,'c':3}",
                "1,2,3,4,5,6",
                "{'a':1,'a':2}",
                "{'a':1,'\\u0061':2}")) {
            assertThat(running.connect().send("2['echo'," + value + "]").ended())
                    .as(value)
                    .isTrue();
        }
    }

    @Test
    void ofAKeyThatComesTwiceTheLastCounts() throws Exception {
        start(PayloadLimits.defaults());
        running.connect().send("2['echo',{'a':1,'b':2,'a':3}]").expect("2['echo',{'a':3,'b':2}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'__proto__':{'admin':true},'constructor':{'prototype':1},'toString':null}",
                "'\\u0000'",
                "'a\\u0000b'",
                "{'\\u0000':'\\u0000'}",
                "'\\ud800'",
                "['\\udc00\\ud800',{'a':'x\\ud83d'}]"
            })
    void oddTextGoesThroughAsItCame(String value) throws Exception {
        start(PayloadLimits.defaults());
        running.connect().send("2['echo'," + value + "]").expect("2['echo'," + value + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1e99999999999999999999"})
    void numbersWithHugeExponentsAreNotWorkedOut(String number) throws Exception {
        start(PayloadLimits.defaults());
        SocketIoClient client = running.connect();
        for (String event : List.of("int", "long", "integer")) {
            client.send("27['" + event + "'," + number + "]")
                    .expect("37[{'status':'error','message':'Invalid message format'}]");
        }
        client.send("2['decimal'," + number + "]").send("2['double'," + number + "]");
        client.send("2['echo','still there']").expect("2['echo','still there']");
        assertThat(handled).doesNotContain("int", "long", "integer");
    }

    // MessagePack

    @Test
    void theSameBoundsHoldForMessagePack() throws Exception {
        start(PayloadLimits.builder()
                .maxDepth(4)
                .maxStringLength(12)
                .maxKeys(4)
                .maxValues(9)
                .uniqueKeys(true)
                .build());
        MessagePackFormat format = new MessagePackFormat();
        List<Object> bad = List.of(
                List.of(List.of(List.of(List.of()))), "1234567890123", numbered(5), List.of(1, 2, 3, 4, 5, 6, 7, 8));
        SocketIoClient well = connectMessagePack();
        well.sendBinary(format.event("/", -1, "echo", List.of(List.of(1), "123456789012"), numbered(3))
                .head());
        assertThat(well.nextBinary()).contains("echo".getBytes(StandardCharsets.UTF_8));
        for (Object value : bad) {
            SocketIoClient client = connectMessagePack();
            client.sendBinary(format.event("/", -1, "echo", value).head());
            assertThat(client.ended()).as("%s", value).isTrue();
        }
        SocketIoClient client = connectMessagePack();
        client.sendBinary(event(out -> {
            out.write(0x82);
            for (int i = 0; i < 2; i++) {
                out.write(0xa1);
                out.write('a');
                out.write(i);
            }
        }));
        assertThat(client.ended()).isTrue();
    }

    @Test
    void aMessagePackEventCountsForItselfOnly() throws Exception {
        RateLimit often = RateLimit.of(100_000, Duration.ofMillis(1));
        running.start(
                Sockeye.builder().rateLimits(RateLimits.builder().bytes(often).build()),
                s -> declare(s.namespace("/")));
        SocketIoClient client = connectMessagePack();
        byte[] event = new MessagePackFormat()
                .event("/", -1, "echo", "x".repeat(10_000))
                .head();
        for (int i = 0; i < 40; i++) {
            client.sendBinary(event);
            assertThat(client.nextBinary()).isEqualTo(event);
        }
    }

    /** Writes the argument of an event. */
    private interface Value {
        void writeTo(DataOutputStream out) throws IOException;
    }

    static Stream<Value> tooMuchMessagePack() {
        return Stream.of(
                out -> out.write(filled(500_000, 0x91)),
                out -> out.write(filled(500_000, 0x81)),
                out -> {
                    out.write(0xdf);
                    out.writeInt(500_000);
                    for (int i = 0; i < 500_000; i++) {
                        out.write(0xa6);
                        out.write(String.format("%06d", i).getBytes(StandardCharsets.US_ASCII));
                        out.write(0);
                    }
                },
                out -> array(out, 1_000_000, 0x00),
                out -> array(out, 1_000_000, 0x90),
                out -> array(out, 1_000_000, 0x80),
                out -> {
                    out.write(0xdd);
                    out.writeInt(Integer.MAX_VALUE);
                },
                out -> {
                    out.write(0xdb);
                    out.writeInt(-1);
                });
    }

    @ParameterizedTest
    @MethodSource("tooMuchMessagePack")
    void moreThanTheBoundsEndsTheConnectionInMessagePackToo(Value value) throws Exception {
        start(PayloadLimits.defaults());
        SocketIoClient bystander = running.connect();
        SocketIoClient client = connectMessagePack();
        client.sendBinary(event(value));
        assertThat(client.ended()).isTrue();
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.FORCED_CLOSE);
        bystander.send("2['echo',1]").expect("2['echo',1]");
    }

    @Test
    void oddTextGoesThroughMessagePackAsItCame() throws Exception {
        start(PayloadLimits.defaults());
        MessagePackFormat format = new MessagePackFormat();
        Map<String, Object> odd = new LinkedHashMap<>();
        odd.put("__proto__", Map.of("admin", true));
        odd.put("\0", "a\0b");
        SocketIoClient client = connectMessagePack();
        client.sendBinary(format.event("/", -1, "echo", odd).head());
        assertThat(client.nextBinary())
                .isEqualTo(format.event("/", -1, "echo", odd).head());
    }

    private SocketIoClient connectMessagePack() throws IOException {
        SocketIoClient client = running.open();
        client.sendBinary(bytes(out -> {
            out.write(0x82);
            text(out, "type");
            out.write(0);
            text(out, "nsp");
            text(out, "/");
        }));
        client.nextBinary();
        return client;
    }

    private static byte[] event(Value value) throws IOException {
        return bytes(out -> {
            out.write(0x83);
            text(out, "type");
            out.write(2);
            text(out, "nsp");
            text(out, "/");
            text(out, "data");
            out.write(0x92);
            text(out, "echo");
            value.writeTo(out);
        });
    }

    private static byte[] bytes(Value value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        value.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.write(0xa0 + text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void array(DataOutputStream out, int length, int element) throws IOException {
        out.write(0xdd);
        out.writeInt(length);
        out.write(filled(length, element));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Map<String, Object> numbered(int keys) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key : new ArrayList<>(List.of("a", "b", "c", "d", "e")).subList(0, keys)) {
            map.put(key, 0);
        }
        return map;
    }
}
