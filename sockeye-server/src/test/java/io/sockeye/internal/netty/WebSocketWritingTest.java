// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.testing.RawWebSocketClient.BINARY;
import static io.sockeye.testing.RawWebSocketClient.PING;
import static io.sockeye.testing.RawWebSocketClient.TEXT;
import static io.sockeye.testing.RawWebSocketClient.frame;
import static io.sockeye.testing.RawWebSocketClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Headers;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketSettings;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RawWebSocketClient.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketWritingTest {
    private static final int LOOPS = 3;

    private final BlockingQueue<Recorder> recorders = new LinkedBlockingQueue<>();
    private TestServer server;

    @BeforeEach
    void start() {
        AtomicInteger next = new AtomicInteger();
        HttpService service = exchange -> exchange.upgrade(
                server.loops().get(next.getAndIncrement() % LOOPS),
                new WebSocketSettings(1_000_000, List.of(), Headers.of()),
                new Recorder());
        server = new TestServer(LOOPS, service);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Keeps what it is told; stops reading after each message if asked to. */
    private final class Recorder extends EchoService.ListenerAdapter {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        final CompletableFuture<WebSocketChannel> opened = new CompletableFuture<>();
        private volatile boolean pausing;

        @Override
        public void onOpen(WebSocketChannel open) {
            super.onOpen(open);
            opened.complete(open);
            recorders.add(this);
        }

        @Override
        public void onText(byte[] utf8) {
            super.onText(utf8);
            told.add(new String(utf8, StandardCharsets.UTF_8));
            if (pausing) {
                channel().reading(false);
            }
        }

        @Override
        public void onWritable() {
            super.onWritable();
            told.add("writable");
        }

        String next() throws InterruptedException {
            return told.poll(5, TimeUnit.SECONDS);
        }

        void run(Step step) throws Exception {
            WebSocketChannel channel = opened.get(5, TimeUnit.SECONDS);
            CompletableFuture<Void> done = new CompletableFuture<>();
            channel.loop().execute(() -> {
                try {
                    step.run(channel);
                    done.complete(null);
                } catch (RuntimeException | Error e) {
                    done.completeExceptionally(e);
                }
            });
            done.get(5, TimeUnit.SECONDS);
        }
    }

    private interface Step {
        void run(WebSocketChannel channel);
    }

    private Recorder recorder() throws InterruptedException {
        return recorders.poll(5, TimeUnit.SECONDS);
    }

    private static byte[] bytes(int length, long seed) {
        byte[] data = new byte[length];
        new Random(seed).nextBytes(data);
        return data;
    }

    // ---- shared packets

    @Test
    void aSharedPacketReachesEveryChannelOfEveryLoopByteForByte() throws Exception {
        List<RawWebSocketClient> clients = new ArrayList<>();
        List<Recorder> listeners = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            clients.add(RawWebSocketClient.connect(server.address, "/" + i));
            listeners.add(recorder());
        }
        List<byte[]> attachments = List.of(bytes(0, 1), bytes(125, 2), bytes(126, 3), bytes(70_000, 4));
        EncodedPacket withAttachments = EncodedPacket.text(utf8("454-[\"e\"]"), attachments);
        EncodedPacket binary = EncodedPacket.binary(bytes(300, 5));
        for (Recorder listener : listeners) {
            listener.run(channel -> {
                channel.write(withAttachments, true);
                channel.write(binary, true);
                channel.write(withAttachments, false);
            });
        }
        for (RawWebSocketClient client : clients) {
            assertPacket(client, attachments);
            assertThat(client.read().payload()).isEqualTo(bytes(300, 5));
            assertPacket(client, attachments);
            client.close();
        }
    }

    private static void assertPacket(RawWebSocketClient client, List<byte[]> attachments) throws Exception {
        Frame head = client.read();
        assertThat(head.opcode()).isEqualTo(TEXT);
        assertThat(head.text()).isEqualTo("454-[\"e\"]");
        for (byte[] attachment : attachments) {
            Frame frame = client.read();
            assertThat(frame.opcode()).isEqualTo(BINARY);
            assertThat(frame.flags()).isEqualTo(0x80);
            assertThat(frame.payload()).isEqualTo(attachment);
        }
    }

    @Test
    void aSharedPacketOfOneTurnReachesAllChannelsOfALoop() throws Exception {
        List<RawWebSocketClient> clients = new ArrayList<>();
        List<WebSocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            clients.add(RawWebSocketClient.connect(server.address, "/" + i));
            channels.add(recorder().opened.get(5, TimeUnit.SECONDS));
        }
        for (var loop : server.loops()) {
            loop.execute(() -> {
                for (int round = 0; round < 20; round++) {
                    EncodedPacket packet = EncodedPacket.text(utf8("42[\"round\"," + round + "]"), List.of());
                    channels.stream()
                            .filter(channel -> channel.loop() == loop)
                            .forEach(channel -> channel.write(packet, true));
                }
            });
        }
        for (RawWebSocketClient client : clients) {
            for (int round = 0; round < 20; round++) {
                assertThat(client.read().text()).isEqualTo("42[\"round\"," + round + "]");
            }
            client.close();
        }
    }

    @Test
    void packetsOfEveryKindAndSizeLeaveInTheirOrder() throws Exception {
        List<RawWebSocketClient> clients = new ArrayList<>();
        List<Recorder> listeners = new ArrayList<>();
        for (int i = 0; i < 2 * LOOPS; i++) {
            clients.add(RawWebSocketClient.connect(server.address, "/" + i));
            listeners.add(recorder());
        }
        List<EncodedPacket> packets = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            int size = random.nextInt(10) == 0 ? random.nextInt(9_000) : random.nextInt(200);
            packets.add(EncodedPacket.text(utf8("42[" + i + ",\"" + "x".repeat(size) + "\"]"), List.of()));
        }
        for (int i = 0; i < listeners.size(); i++) {
            Random kinds = new Random(i);
            listeners.get(i).run(channel -> packets.forEach(packet -> channel.write(packet, kinds.nextInt(3) > 0)));
        }
        for (RawWebSocketClient client : clients) {
            for (EncodedPacket packet : packets) {
                assertThat(client.read().payload()).isEqualTo(packet.head());
            }
            client.close();
        }
    }

    @Test
    void writesToAClosedConnectionAreReleased() throws Exception {
        RawWebSocketClient client = RawWebSocketClient.connect(server.address, "/");
        Recorder listener = recorder();
        listener.run(channel -> {
            EncodedPacket packet = EncodedPacket.text(utf8("42[]"), List.of());
            channel.write(packet, true);
            channel.abort();
            channel.write(packet, true);
            channel.writeText(utf8("late"));
            channel.close(1000, "");
        });
        client.close();
    }

    // ---- back-pressure

    @Test
    void aSlowReaderMakesTheChannelUnwritableUntilItReads() throws Exception {
        try (RawHttpClient connection = RawHttpClient.connect(server.address, 4096);
                RawWebSocketClient client = RawWebSocketClient.connect(connection, "/", new byte[0])) {
            Recorder listener = recorder();
            AtomicInteger written = new AtomicInteger();
            listener.run(channel -> {
                while (channel.writable()) {
                    channel.writeBinary(bytes(20_000, written.getAndIncrement()));
                }
            });
            assertThat(listener.told).isEmpty();
            assertThat(written).hasValueGreaterThan(3);
            for (int i = 0; i < written.get(); i++) {
                assertThat(client.read().payload()).isEqualTo(bytes(20_000, i));
            }
            assertThat(listener.next()).isEqualTo("writable");
            listener.run(channel -> assertThat(channel.writable()).isTrue());
        }
    }

    @Test
    void aClientThatPingsAndDoesNotReadIsNotQueuedFor() throws Exception {
        try (RawHttpClient connection = RawHttpClient.connect(server.address, 4096);
                RawWebSocketClient client = RawWebSocketClient.connect(connection, "/", new byte[0])) {
            Recorder listener = recorder();
            AtomicInteger written = new AtomicInteger();
            listener.run(channel -> {
                while (channel.writable()) {
                    channel.writeBinary(bytes(20_000, written.getAndIncrement()));
                }
            });
            for (int i = 0; i < 1_000; i++) {
                client.send(frame(PING, utf8("ping " + i)));
            }
            client.text("done");
            assertThat(listener.next()).isEqualTo("done");
            for (int i = 0; i < written.get(); i++) {
                assertThat(client.read().opcode()).isEqualTo(BINARY);
            }
            assertThat(client.read().text()).isEqualTo("ping 999");
        }
    }

    @Test
    void whenReadingIsStoppedNothingMoreIsDelivered() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.connect(server.address, "/")) {
            Recorder listener = recorder();
            listener.pausing = true;
            byte[][] frames = new byte[200][];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = frame(TEXT, utf8("" + i));
            }
            client.send(frames);
            for (int i = 0; i < frames.length; i++) {
                assertThat(listener.next()).isEqualTo("" + i);
                // A round trip through the loop: whatever was to be delivered has been.
                listener.run(channel -> assertThat(listener.told).isEmpty());
                listener.run(channel -> channel.reading(true));
            }
        }
    }

    @Test
    void aStoppedReaderPushesBackOnItsClient() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.connect(server.address, "/")) {
            Recorder listener = recorder();
            listener.run(channel -> channel.reading(false));
            int count = 500;
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        client.text("x".repeat(100_000) + i);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            sender.join(300);
            assertThat(sender.isAlive()).isTrue();
            assertThat(listener.told).isEmpty();
            listener.run(channel -> channel.reading(true));
            for (int i = 0; i < count; i++) {
                assertThat(listener.next()).endsWith("x" + i);
            }
            sender.join(5_000);
        }
    }

    @Test
    void aStoppedReaderStillFindsTheAnswerToItsCloseFrame() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.connect(server.address, "/")) {
            Recorder listener = recorder();
            listener.pausing = true;
            client.send(frame(TEXT, utf8("one")), frame(TEXT, utf8("two")));
            assertThat(listener.next()).isEqualTo("one");
            listener.run(channel -> channel.close(4000, ""));
            assertThat(client.read().closeCode()).isEqualTo(4000);
            client.closeFrame(4000, "");
            assertThat(client.ended()).isTrue();
            assertThat(listener.told).isEmpty();
        }
    }

    // ---- faults

    @Test
    void aListenerWithAFaultLosesOnlyItsOwnConnection() throws Exception {
        try (RawWebSocketClient other = RawWebSocketClient.connect(server.address, "/");
                RawWebSocketClient faulty = RawWebSocketClient.connect(server.address, "/")) {
            Recorder otherListener = recorder();
            recorder()
                    .run(channel -> channel.listener(new EchoService.ListenerAdapter() {
                        @Override
                        public void onText(byte[] utf8) {
                            throw new IllegalStateException("secret");
                        }

                        @Override
                        public void onClosed(int code, String reason) {
                            throw new IllegalStateException("again");
                        }
                    }));
            Frame last = faulty.text("trigger").read();
            assertThat(last.closeCode()).isEqualTo(1011);
            assertThat(last.closeReason()).isEmpty();
            assertThat(faulty.ended()).isTrue();
            other.text("fine");
            assertThat(otherListener.next()).isEqualTo("fine");
        }
    }

    @Test
    void aReplacedListenerHearsTheRestOfTheSameRead() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.connect(server.address, "/")) {
            BlockingQueue<String> second = new LinkedBlockingQueue<>();
            Recorder first = recorder();
            first.run(channel -> channel.listener(new EchoService.ListenerAdapter() {
                @Override
                public void onText(byte[] utf8) {
                    channel.listener(new EchoService.ListenerAdapter() {
                        @Override
                        public void onText(byte[] more) {
                            second.add(new String(more, StandardCharsets.UTF_8));
                        }

                        @Override
                        public void onClosed(int code, String reason) {
                            second.add("closed " + code);
                        }
                    });
                }
            }));
            client.send(frame(TEXT, utf8("one")), frame(TEXT, utf8("two")), frame(TEXT, utf8("three")));
            client.closeFrame(1000, "");
            assertThat(second.poll(5, TimeUnit.SECONDS)).isEqualTo("two");
            assertThat(second.poll(5, TimeUnit.SECONDS)).isEqualTo("three");
            assertThat(second.poll(5, TimeUnit.SECONDS)).isEqualTo("closed 1000");
            assertThat(first.told).isEmpty();
        }
    }
}
