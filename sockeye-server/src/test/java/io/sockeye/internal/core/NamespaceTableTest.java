// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.Namespace;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.AdapterFactory;
import io.sockeye.spi.LocalSockets;
import io.sockeye.testing.ManualLoop;
import io.sockeye.testing.OwnThread;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamespaceTableTest {
    private static final int MOST = 2;

    private static NamespaceTable table(boolean cleanUp) {
        return table(cleanUp, MemoryAdapter::new);
    }

    private static NamespaceTable table(boolean cleanUp, AdapterFactory adapters) {
        CoreSettings settings = new CoreSettings(
                List.of(new ManualLoop()),
                Runnable::run,
                new SerialQueue.Bounds(10, 1_000_000),
                100_000,
                RecordingLink.FORMATS,
                adapters,
                null);
        return new NamespaceTable(settings, new DynamicNamespaces(MOST, cleanUp));
    }

    private static NamespaceImpl enter(NamespaceTable table, String name) {
        NamespaceImpl present = table.enter(name);
        if (present != null) {
            return present;
        }
        HttpRequest request = new HttpRequest("GET", "/", "/", Headers.of(), "127.0.0.1", false, new byte[0]);
        return table.enter(new HandshakeImpl(FirstRequest.of(request, Instant.EPOCH), name, null));
    }

    @Test
    void aChildIsThereWhileSomeoneIsInAndOneAtATime() {
        NamespaceTable table = table(true);
        Namespace parent = table.declareParent((name, handshake) -> true);
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        CompletableFuture<?>[] threads = IntStream.range(0, 6)
                .mapToObj(thread -> OwnThread.run(() -> comeAndGo(table, thread, faults)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        assertThat(faults).isEmpty();
        assertThat(table.all()).isEmpty();
        assertThat(((ParentNamespace) parent).children()).isEmpty();
        for (int i = 0; i < MOST; i++) {
            enter(table, "/again-" + i);
        }
        assertThatThrownBy(() -> enter(table, "/more")).isInstanceOf(ConnectRefused.class);
    }

    private static void comeAndGo(NamespaceTable table, int thread, Queue<String> faults) {
        for (int round = 0; round < 20_000; round++) {
            String name = "/n" + (thread + round) % MOST;
            NamespaceImpl entered = enter(table, name);
            if (table.find(name) != entered || table.enter(name) != entered) {
                faults.add(name + " was entered and is not there");
            }
            table.refuse(name);
            if (round % 2 == 0) {
                table.refuse(name);
            } else {
                table.leave(name);
            }
        }
    }

    /** An adapter that counts itself while it is open. */
    private static Adapter counted(LocalSockets local, AtomicInteger open) {
        open.incrementAndGet();
        Adapter memory = new MemoryAdapter(local);
        return (Adapter) Proxy.newProxyInstance(
                Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        open.decrementAndGet();
                    }
                    return method.invoke(memory, arguments);
                });
    }

    @Test
    void noAdapterIsLeftOfAChildThatThereIsNoPlaceFor() {
        AtomicInteger open = new AtomicInteger();
        NamespaceTable table = table(true, local -> counted(local, open));
        table.declareParent((name, handshake) -> true);
        for (int i = 0; i < MOST; i++) {
            enter(table, "/" + i);
        }
        int before = open.get();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> enter(table, "/more")).isInstanceOf(ConnectRefused.class);
        }
        assertThat(open).hasValue(before);
    }

    @Test
    void aChildThatHadClientsStaysWithoutCleaning() {
        NamespaceTable table = table(false);
        table.declareParent((name, handshake) -> true);
        NamespaceImpl entered = enter(table, "/a");
        table.leave("/a");
        assertThat(enter(table, "/a")).isSameAs(entered);
        table.refuse("/a");
        assertThat(table.find("/a")).isSameAs(entered);
    }

    @Test
    void aChildThatClientsWereKeptOutOfGoes() {
        NamespaceTable table = table(false);
        table.declareParent((name, handshake) -> true);
        enter(table, "/a");
        enter(table, "/a");
        table.refuse("/a");
        assertThat(table.find("/a")).isNotNull();
        table.refuse("/a");
        assertThat(table.find("/a")).isNull();
    }
}
