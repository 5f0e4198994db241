// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.internal.core.NamespaceImpl;
import io.sockeye.internal.core.NamespaceTable;
import io.sockeye.internal.core.Recovery;
import io.sockeye.internal.engine.EngineServer;
import io.sockeye.internal.limits.MemoryLedger;
import io.sockeye.internal.outbox.Outbox;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.websocket.EndpointService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room when all that waits in a server is too much: first what is kept for clients that are away, then the connections for which
 * most waits. Any thread.
 */
final class Shedder {
    private static final Logger LOG = LoggerFactory.getLogger(Shedder.class);

    /** What was shed is gone by then; until then nothing more is. */
    private static final long PAUSE_MILLIS = 100;

    private final MemoryLedger ledger;
    private final NamespaceTable namespaces;
    private final EngineServer engine;
    private final List<EndpointService> endpoints;
    private final List<Loop> loops;

    /** What waits for one client. */
    private record Waiting(Outbox outbox, long bytes) {}

    Shedder(
            MemoryLedger ledger,
            NamespaceTable namespaces,
            EngineServer engine,
            List<EndpointService> endpoints,
            List<Loop> loops) {
        this.ledger = ledger;
        this.namespaces = namespaces;
        this.engine = engine;
        this.endpoints = endpoints;
        this.loops = loops;
    }

    /** Later, on an event loop: whoever noticed may be in the middle of something. */
    void begin() {
        loops.get(0).execute(() -> {
            LOG.warn("{} wait in the server, which is too much: some of it goes", ledger.use());
            shed();
        });
    }

    private void shed() {
        long kept = ledger.use().recovery();
        for (NamespaceImpl namespace : namespaces.all()) {
            Recovery recovery = namespace.recovery();
            if (recovery != null && ledger.excess() > 0) {
                recovery.makeRoom(ledger.excess());
            }
        }
        if (ledger.excess() <= 0) {
            ledger.shed();
        } else if (ledger.use().recovery() < kept) {
            // More came meanwhile: no client goes as long as there is something kept for those who are away.
            loops.get(0).execute(this::shed);
        } else {
            lookAtOutboxes();
        }
    }

    private void lookAtOutboxes() {
        Queue<Waiting> found = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger(loops.size());
        for (Loop loop : loops) {
            loop.execute(() -> {
                engine.outboxesOn(loop).forEach(outbox -> found.add(new Waiting(outbox, outbox.waitingBytes())));
                for (EndpointService endpoint : endpoints) {
                    endpoint.outboxesOn(loop).forEach(outbox -> found.add(new Waiting(outbox, outbox.waitingBytes())));
                }
                if (left.decrementAndGet() == 0) {
                    endLargest(new ArrayList<>(found));
                }
            });
        }
    }

    private void endLargest(List<Waiting> found) {
        found.sort(Comparator.comparingLong(Waiting::bytes).reversed());
        // Where outboxes hold little, others are the cause, and who has something waiting is not to pay for them.
        long excess = Math.min(ledger.excess(), ledger.beyondReserve());
        for (Waiting waiting : found) {
            if (excess <= 0 || waiting.bytes() == 0) {
                break;
            }
            excess -= waiting.bytes();
            waiting.outbox().shed();
        }
        loops.get(0).schedule(ledger::shed, PAUSE_MILLIS);
    }
}
