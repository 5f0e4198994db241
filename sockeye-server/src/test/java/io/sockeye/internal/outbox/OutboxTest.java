// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.SendResult;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.testing.ManualLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
    private final ManualLoop loop = new ManualLoop();
    private final OutboxCounters counters = new OutboxCounters();

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
    void whatIsOnItsWayToTheLoopCountsToo() {
        Connection connection = connection(100, 2, SlowConsumerPolicy.DROP_NEWEST);
        connection.writable = true;
        loop.outside(() -> {
            assertThat(connection.send("1")).isEqualTo(SendResult.QUEUED);
            assertThat(connection.send("2")).isEqualTo(SendResult.QUEUED);
            assertThat(connection.send("3")).isEqualTo(SendResult.DROPPED);
        });
        loop.runTasks();
        loop.outside(() -> assertThat(connection.send("4")).isEqualTo(SendResult.QUEUED));
        loop.runTasks();
        assertThat(connection.written).containsExactly("1", "2", "4");
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
}
