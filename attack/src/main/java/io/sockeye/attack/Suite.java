// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attacks a server, one attack after the other, and looks at it and at its bystanders after each. One thread only. */
final class Suite implements AutoCloseable {
    /** What a bystander may wait: not noticed it has who waits no longer. Generous, as the attackers take the same processors. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration SETTLING = Duration.ofSeconds(40);
    private static final long HEAP_SLACK_KIB = 8 * 1024;
    private static final long DIRECT_SLACK_KIB = 64 * 1024;
    private static final int FILES_SLACK = 8;

    private final SuiteSettings settings;
    private @Nullable Arena arena;

    Suite(SuiteSettings settings) {
        this.settings = settings;
    }

    /** All attacks there are. */
    static List<Attack> attacks() {
        return Stream.of(HttpAttacks.all(), FrameAttacks.all(), PacketAttacks.all(), SessionAttacks.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Runs an attack. */
    Result run(Attack attack) throws IOException, InterruptedException {
        return run(attack.name(), List.of(attack));
    }

    /** Runs attacks at the same time. */
    Result run(String name, List<Attack> attacks) throws IOException, InterruptedException {
        Arena ground = arena();
        List<String> faults = new ArrayList<>();
        Vitals before = ground.server().vitals();
        int files = ground.server().openFiles();
        long started = System.nanoTime();
        ground.bystanders().begin();
        String got;
        Experience bystanders;
        long peak;
        try (PeakMemory memory = new PeakMemory(ground.server());
                Newcomers newcomers = new Newcomers(ground.server().port());
                Attackers attackers = new Attackers(ground.server().port(), settings.brief(), attacks)) {
            got = attackers.run(faults);
            bystanders = ground.bystanders().finish(LONGEST_WAIT);
            peak = memory.peakMib();
            int refused = newcomers.finish();
            if (refused > 0) {
                faults.add(refused + " newcomers were not let in");
            }
            faults.addAll(noticed(bystanders));
            attackers.leave();
            long logged = ground.server().alive() ? look(ground, before, files, attackers.connections(), faults) : 0;
            if (!ground.server().alive()) {
                faults.add("the server died with status " + ground.server().status());
            }
            Duration time = Duration.ofNanos(System.nanoTime() - started);
            if (!faults.isEmpty()) {
                abandon();
            }
            return new Result(name, got, time, bystanders, peak, logged, List.copyOf(faults));
        }
    }

    private static List<String> noticed(Experience bystanders) {
        List<String> faults = new ArrayList<>();
        if (bystanders.missing() > 0) {
            faults.add("bystanders lost " + bystanders.missing() + " messages");
        }
        if (bystanders.longest().compareTo(LONGEST_WAIT) > 0) {
            faults.add("a bystander waited " + bystanders.longest().toMillis() + " ms");
        }
        return faults;
    }

    /** Waits until the server is as it was; returns the lines it logged. */
    private static long look(Arena ground, Vitals before, int files, int attackers, List<String> faults)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        Vitals after = ground.server().vitals();
        while (!settled(before, after, files, ground.server().openFiles()) && System.nanoTime() < deadline) {
            Thread.sleep(500);
            after = ground.server().vitals();
        }
        int filesAfter = ground.server().openFiles();
        if (!settled(before, after, files, filesAfter)) {
            faults.add("heap %d, then %d KiB; buffers %d, then %d KiB; files %d, then %d"
                    .formatted(
                            before.heapKib(),
                            after.heapKib(),
                            before.directKib(),
                            after.directKib(),
                            files,
                            filesAfter));
        }
        if (after.deadThreads() > before.deadThreads() || after.loops() != before.loops()) {
            faults.add("threads died");
        }
        long warnings = after.warnings() - before.warnings();
        if (warnings > attackers || after.errors() > before.errors()) {
            faults.add(warnings + " warnings and " + (after.errors() - before.errors()) + " errors were logged");
        }
        return after.infos() - before.infos() + warnings;
    }

    private static boolean settled(Vitals before, Vitals after, int files, int filesAfter) {
        return after.heapKib() <= before.heapKib() + HEAP_SLACK_KIB
                && after.directKib() <= before.directKib() + DIRECT_SLACK_KIB
                && filesAfter <= files + FILES_SLACK;
    }

    private Arena arena() throws IOException {
        if (arena == null) {
            arena = Arena.open(settings);
        }
        return arena;
    }

    /** The next attack gets a new server: what this one did to it must not count for the next. */
    private void abandon() throws InterruptedException {
        Arena old = arena;
        arena = null;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        abandon();
    }

    /** @param log where the server's log goes */
    record SuiteSettings(boolean brief, int bystanders, String heap, Path log) {}

    /** A server and its bystanders. */
    record Arena(ServerProcess server, Bystanders bystanders) {
        /** The first connections of a server load classes and fill caches; they come before anything is compared. */
        private static final Duration WARM_UP = Duration.ofSeconds(3);

        static Arena open(SuiteSettings settings) throws IOException {
            ServerProcess server = ServerProcess.start(settings.log(), settings.heap());
            try {
                Arena arena = new Arena(server, new Bystanders(server.port(), settings.bystanders()));
                Thread.sleep(WARM_UP.toMillis());
                arena.bystanders().finish(LONGEST_WAIT);
                return arena;
            } catch (IOException e) {
                server.close();
                throw e;
            } catch (InterruptedException e) {
                server.close();
                throw new IOException("interrupted", e);
            }
        }

        void close() throws InterruptedException {
            bystanders.close();
            server.close();
        }
    }
}
