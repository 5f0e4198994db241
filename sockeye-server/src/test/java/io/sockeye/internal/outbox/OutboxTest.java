// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.LimitHit;
import io.sockeye.api.SendResult;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.limits.MemoryLedger;
import io.sockeye.internal.limits.PublisherGate;
import io.sockeye.internal.limits.WaitHint;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.testing.ManualLoop;
import io.sockeye.testing.OwnThread;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
    private final ManualLoop loop = new ManualLoop();
    private final LimitCounters limits = new LimitCounters();
    private final MemoryLedger ledger = MemoryLedger.unlimited();
    private final OutboxCounters counters = new OutboxCounters(limits, ledger);

    /** A connection that takes packets when the test says so. */
    private final class Connection implements OutboxOwner {
        private final List<String> written = new ArrayList<>();
        private final OutboxBounds bounds;
        private final Outbox outbox = new Outbox(this);
        private boolean writable;
        private boolean open = true;
        private int ends;

        private Connection(OutboxBounds bounds) {
            this.bounds = bounds;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public Loop loop() {
            return loop;
        }

        @Override
        public OutboxBounds outboxBounds() {
            return bounds;
        }

        @Override
        public OutboxCounters outboxCounters() {
            return counters;
        }

        @Override
        public boolean accepts(EncodedPacket packet) {
            return writable;
        }

        @Override
        public void write(EncodedPacket packet, boolean shared) {
            written.add(new String(packet.head(), StandardCharsets.UTF_8));
        }

        @Override
        public void endSlowConsumer() {
            ends++;
            open = false;
            outbox.clear();
        }

        private SendResult send(String text) {
            return outbox.send(packet(text), false);
        }

        private void drain() {
            writable = true;
            outbox.drain();
        }
    }

    private static EncodedPacket packet(String text) {
        return EncodedPacket.text(text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private Connection connection(long bytes, int packets, SlowConsumerPolicy policy) {
        return new Connection(new OutboxBounds(bytes, packets, policy));
    }

    @ParameterizedTest
    @EnumSource(SlowConsumerPolicy.class)
    void whatCanBeWrittenIsWrittenAtOnceWhateverItsSize(SlowConsumerPolicy policy) {
        Connection connection = connection(4, 1, policy);
        connection.writable = true;
        assertThat(connection.send("longer than the bound")).isEqualTo(SendResult.QUEUED);
        assertThat(connection.send("again")).isEqualTo(SendResult.QUEUED);
        assertThat(connection.written).containsExactly("longer than the bound", "again");
    }

    @ParameterizedTest
    @EnumSource(SlowConsumerPolicy.class)
    void onePacketMayWaitWhateverItsSize(SlowConsumerPolicy policy) {
        Connection connection = connection(4, 1, policy);
        assertThat(connection.send("longer than the bound")).isEqualTo(SendResult.QUEUED);
        connection.drain();
        assertThat(connection.written).containsExactly("longer than the bound");
    }

    @Test
    void whatWaitsLeavesInOrderAndBeforeWhatComesLater() {
        Connection connection = connection(100, 100, SlowConsumerPolicy.DISCONNECT);
        connection.send("1");
        connection.send("2");
        connection.writable = true;
        connection.send("3");
        assertThat(connection.written).isEmpty();
        assertThat(connection.outbox.drain()).isTrue();
        assertThat(connection.written).containsExactly("1", "2", "3");
    }

    @Test
    void theNewestIsDroppedAndCounted() {
        Connection connection = connection(100, 2, SlowConsumerPolicy.DROP_NEWEST);
        connection.send("1");
        connection.send("2");
        assertThat(connection.send("3")).isEqualTo(SendResult.DROPPED);
        assertThat(counters.droppedPackets()).isEqualTo(1);
        connection.drain();
        connection.send("4");
        assertThat(connection.written).containsExactly("1", "2", "4");
        assertThat(connection.ends).isZero();
    }

    @Test
    void theOldestAreDroppedUntilTheNewOneFits() {
        Connection connection = connection(10, 100, SlowConsumerPolicy.DROP_OLDEST);
        connection.send("aaaa");
        connection.send("bbbb");
        assertThat(connection.send("cccccc")).isEqualTo(SendResult.QUEUED);
        assertThat(counters.droppedPackets()).isEqualTo(1);
        connection.drain();
        assertThat(connection.written).containsExactly("bbbb", "cccccc");
    }

    @Test
    void aSlowConsumerIsEndedOnceAndNotWithinTheDelivery() {
        Connection connection = connection(100, 2, SlowConsumerPolicy.DISCONNECT);
        connection.send("1");
        connection.send("2");
        assertThat(connection.send("3")).isEqualTo(SendResult.DROPPED);
        assertThat(connection.send("4")).isEqualTo(SendResult.DROPPED);
        assertThat(connection.ends).isZero();
        loop.runTasks();
        assertThat(connection.ends).isEqualTo(1);
        assertThat(counters.slowConsumers()).isEqualTo(1);
        assertThat(connection.send("5")).isEqualTo(SendResult.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(SlowConsumerPolicy.class)
    void aDroppablePacketNeverWaits(SlowConsumerPolicy policy) {
        Connection connection = connection(100, 100, policy);
        assertThat(connection.outbox.send(packet("1"), true)).isEqualTo(SendResult.DROPPED);
        connection.writable = true;
        assertThat(connection.outbox.send(packet("2"), true)).isEqualTo(SendResult.QUEUED);
        assertThat(connection.written).containsExactly("2");
        assertThat(counters.droppedPackets()).isEqualTo(1);
        assertThat(connection.ends).isZero();
    }

    @Test
    void whatIsOnItsWayToTheLoopIsBoundedByAFewTimesTheBounds() {
        Connection connection = connection(100, 2, SlowConsumerPolicy.DROP_NEWEST);
        connection.writable = true;
        loop.outside(() -> {
            for (int i = 1; i <= 8; i++) {
                assertThat(connection.send("" + i)).isEqualTo(SendResult.QUEUED);
            }
            assertThat(connection.send("9")).isEqualTo(SendResult.DROPPED);
        });
        loop.runTasks();
        loop.outside(() -> assertThat(connection.send("10")).isEqualTo(SendResult.QUEUED));
        loop.runTasks();
        assertThat(connection.written).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "10");
    }

    @Test
    void aThreadThatSendsMuchAtOnceCostsAHealthyClientNothing() {
        Connection connection = connection(100, 2, SlowConsumerPolicy.DISCONNECT);
        connection.writable = true;
        loop.outside(() -> {
            for (int i = 0; i < 8; i++) {
                connection.send("" + i);
            }
        });
        loop.runTasks();
        assertThat(connection.written).hasSize(8);
        assertThat(connection.ends).isZero();
    }

    @ParameterizedTest
    @EnumSource(SlowConsumerPolicy.class)
    void anEssentialPacketIsNeitherRefusedNorDropped(SlowConsumerPolicy policy) {
        Connection connection = connection(100, 2, policy);
        connection.send("1");
        connection.send("2");
        assertThat(connection.outbox.send(packet("essential").asEssential(), false))
                .isEqualTo(SendResult.QUEUED);
        if (policy == SlowConsumerPolicy.DROP_OLDEST) {
            connection.send("3");
            connection.send("4");
        }
        connection.drain();
        assertThat(connection.written).contains("essential");
        assertThat(connection.ends).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWaitsIsBoundedWhenTheOldestAreDropped(boolean outside) {
        Connection connection = connection(1_000, 10, SlowConsumerPolicy.DROP_OLDEST);
        for (int i = 0; i < 1_000; i++) {
            String text = "" + i;
            if (outside) {
                loop.outside(() -> connection.send(text));
            } else {
                connection.send(text);
            }
        }
        loop.runTasks();
        connection.drain();
        assertThat(connection.written).hasSizeBetween(1, 20);
        assertThat(counters.droppedPackets()).isEqualTo(1_000 - connection.written.size());
    }

    @Test
    void clearingForgetsAllAndCountsNothing() {
        Connection connection = connection(3, 3, SlowConsumerPolicy.DROP_NEWEST);
        connection.send("1");
        connection.send("2");
        connection.outbox.clear();
        assertThat(connection.outbox.drain()).isTrue();
        assertThat(connection.send("3")).isEqualTo(SendResult.QUEUED);
        assertThat(connection.send("4")).isEqualTo(SendResult.QUEUED);
        assertThat(connection.send("5")).isEqualTo(SendResult.QUEUED);
        assertThat(counters.droppedPackets()).isZero();
    }

    private static EncodedPacket keyed(String text, String key) {
        return packet(text).withHint(new WaitHint(key, null, null));
    }

    private static EncodedPacket under(SlowConsumerPolicy policy, String text) {
        return packet(text).withHint(new WaitHint(null, policy, null));
    }

    @Test
    void whatWaitsUnderAKeyIsReplacedByWhatComesLater() {
        Connection connection = connection(1_000, 100, SlowConsumerPolicy.DISCONNECT);
        connection.outbox.send(keyed("a1", "a"), false);
        connection.outbox.send(packet("between"), false);
        connection.outbox.send(keyed("b1", "b"), false);
        connection.outbox.send(keyed("a2", "a"), false);
        assertThat(connection.outbox.waitingBytes()).isEqualTo("between".length() + 4);
        connection.drain();
        connection.outbox.send(keyed("a3", "a"), false);
        connection.outbox.send(keyed("a4", "a"), false);
        assertThat(connection.written).containsExactly("between", "b1", "a2", "a3", "a4");
        assertThat(limits.of(LimitHit.REPLACED)).isEqualTo(1);
        assertThat(connection.outbox.lossy()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SlowConsumerPolicy.class)
    void theLatestOfAKeyHasAPlaceThoughItIsLargerThanWhatItReplaces(SlowConsumerPolicy policy) {
        Connection connection = connection(12, 100, policy);
        connection.outbox.send(under(SlowConsumerPolicy.DROP_NEWEST, "between"), false);
        connection.outbox.send(keyed("a1", "a"), false);
        assertThat(connection.outbox.send(keyed("a2 larger", "a"), false)).isEqualTo(SendResult.QUEUED);
        assertThat(connection.ends).isZero();
        assertThat(connection.outbox.lossy()).isFalse();
        connection.drain();
        assertThat(connection.written).containsExactly("between", "a2 larger");
    }

    @Test
    void whatWaitsUnderAKeyStaysWhereTheLatestHasNoPlace() {
        Connection connection = connection(12, 100, SlowConsumerPolicy.DROP_NEWEST);
        connection.send("between");
        connection.outbox.send(keyed("a1", "a"), false);
        assertThat(connection.outbox.send(keyed("a2 far too large for this", "a"), false))
                .isEqualTo(SendResult.DROPPED);
        assertThat(connection.outbox.lossy()).isTrue();
        connection.drain();
        assertThat(connection.written).containsExactly("between", "a1");
        assertThat(limits.of(LimitHit.REPLACED)).isZero();
    }

    @Test
    void aKeyThatIsReplacedForEverHoldsNoMoreThanOnePacket() {
        Connection connection = connection(100, 3, SlowConsumerPolicy.DISCONNECT);
        connection.send("first");
        for (int i = 0; i < 100_000; i++) {
            assertThat(connection.outbox.send(keyed("a" + i, "a"), false)).isEqualTo(SendResult.QUEUED);
        }
        connection.drain();
        assertThat(connection.written).containsExactly("first", "a99999");
    }

    @Test
    void whatWaitsIsReplacedInAnyOrderAsAMapWould() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Connection connection = connection(1_000_000, 10_000, SlowConsumerPolicy.DISCONNECT);
            LinkedHashMap<String, String> model = new LinkedHashMap<>();
            for (int i = 0; i < 300; i++) {
                String key = random.nextInt(4) == 0 ? "only " + i : "k" + random.nextInt(20);
                model.remove(key);
                model.put(key, "p" + i);
                connection.outbox.send(keyed("p" + i, key), false);
            }
            assertThat(connection.outbox.waitingBytes())
                    .isEqualTo(model.values().stream().mapToInt(String::length).sum());
            connection.drain();
            assertThat(connection.written).as("seed %d", seed).containsExactlyElementsOf(model.values());
            assertThat(connection.outbox.waitingBytes()).isZero();
        }
    }

    @Test
    void whatMayNotBeDroppedTakesThePlaceOfWhatMay() {
        Connection connection = connection(1_000, 3, SlowConsumerPolicy.DISCONNECT);
        connection.send("1");
        connection.outbox.send(under(SlowConsumerPolicy.DROP_OLDEST, "price 1"), false);
        connection.outbox.send(under(SlowConsumerPolicy.DROP_OLDEST, "price 2"), false);
        connection.outbox.send(under(SlowConsumerPolicy.DROP_OLDEST, "price 3"), false);
        connection.send("2");
        assertThat(connection.outbox.send(under(SlowConsumerPolicy.DROP_NEWEST, "cursor"), false))
                .isEqualTo(SendResult.DROPPED);
        assertThat(connection.ends).isZero();
        connection.drain();
        assertThat(connection.written).containsExactly("1", "price 3", "2");
        assertThat(limits.of(LimitHit.DROPPED_OLDEST)).isEqualTo(2);
        assertThat(limits.of(LimitHit.DROPPED_NEWEST)).isEqualTo(1);
    }

    @Test
    void aFullOutboxHoldsPublishersUpUntilHalfOfItHasLeft() {
        PublisherGate gate = new PublisherGate(() -> false, 60_000, limits);
        Connection connection = new Connection(new OutboxBounds(1_000, 4, SlowConsumerPolicy.PAUSE_PUBLISHER, gate));
        for (int i = 0; i < 6; i++) {
            assertThat(connection.send(String.valueOf(i))).isEqualTo(SendResult.QUEUED);
        }
        CompletableFuture<Void> publisher = OwnThread.run(gate::await);
        await().until(() -> limits.of(LimitHit.PUBLISHER_PAUSED) == 1);
        assertThat(publisher).isNotDone();
        connection.drain();
        assertThat(publisher).succeedsWithin(Duration.ofSeconds(10));
        assertThat(connection.written).hasSize(6);
        assertThat(connection.ends).isZero();
    }

    @Test
    void aClientThatHoldsPublishersUpForTooLongIsEnded() {
        PublisherGate gate = new PublisherGate(() -> false, 1, limits);
        Connection connection = new Connection(new OutboxBounds(1_000, 1, SlowConsumerPolicy.PAUSE_PUBLISHER, gate));
        connection.send("1");
        connection.send("2");
        gate.await();
        loop.runTasks();
        assertThat(connection.ends).isEqualTo(1);
        gate.await();
    }

    @Test
    void anEventLoopIsNotHeldUp() {
        PublisherGate gate = new PublisherGate(() -> true, 60_000, limits);
        Connection connection = new Connection(new OutboxBounds(1_000, 1, SlowConsumerPolicy.PAUSE_PUBLISHER, gate));
        connection.send("1");
        connection.send("2");
        gate.await();
        assertThat(connection.send("3")).isEqualTo(SendResult.DROPPED);
        loop.runTasks();
        assertThat(connection.ends).isEqualTo(1);
    }

    @Test
    void theLedgerKnowsWhatWaitsAndThatNothingDoes() {
        Connection connection = connection(1_000_000, 1_000, SlowConsumerPolicy.DISCONNECT);
        for (int i = 0; i < 100; i++) {
            connection.send("x".repeat(1_000));
        }
        assertThat(ledger.use().outboxes()).isBetween(95_000L, 100_000L);
        connection.drain();
        assertThat(ledger.use().outboxes()).isZero();
        connection.writable = false;
        for (int i = 0; i < 100; i++) {
            connection.send("x".repeat(1_000));
        }
        connection.outbox.clear();
        assertThat(ledger.use().total()).isZero();
    }
}
