// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.event.Args;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.protocol.Packet;
import io.sockeye.testing.ManualLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket lets go of what it does not use, and nobody can tell. */
class IdleSocketTest {
    private final ManualLoop loop = new ManualLoop();
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final NamespaceImpl namespace = new NamespaceImpl(
            "/",
            new CoreSettings(
                    List.of(loop),
                    turns::add,
                    new SerialQueue.Bounds(10, 1_000_000),
                    100_000,
                    RecordingLink.FORMATS,
                    MemoryAdapter::new,
                    null));
    private final SocketImpl socket = new RecordingLink(loop).socket("s", namespace);
    private final List<Integer> handled = new ArrayList<>();

    @BeforeEach
    void connect() {
        namespace.on("number", Integer.class, (same, number) -> {
            handled.add(number);
            socket.trim();
        });
        socket.connect();
    }

    private void receive(int number) {
        socket.receive(new Packet.Event("/", Packet.NO_ACK_ID, "number", Args.of(number)), 1);
    }

    private void runTurns() {
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
            loop.runTasks();
        }
    }

    @Test
    void eventsThatWaitStayInOrder() {
        receive(1);
        socket.trim();
        receive(2);
        assertThat(turns).hasSize(1);
        runTurns();
        assertThat(handled).containsExactly(1, 2);
    }

    @Test
    void eventsAreHandledAfterARest() {
        receive(1);
        runTurns();
        socket.trim();
        receive(2);
        runTurns();
        assertThat(handled).containsExactly(1, 2);
    }

    @Test
    void attachedValuesOutlastARest() {
        assertThat(socket.find(String.class)).isEmpty();
        socket.attach(String.class, "value");
        socket.data().put("name", 1);
        socket.trim();
        assertThat(socket.get(String.class)).isEqualTo("value");
        assertThat(socket.data()).containsEntry("name", 1);
    }
}
