// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails a test class during which Netty reported a leaked buffer. Registered for every test of a module that has this
 * one on its class path: as a session listener, to be in place before Netty loads, and as an extension, because only an
 * extension can fail a test.
 *
 * <p>A buffer that the garbage collector frees later than the end of its class fails the class that runs then. A buffer
 * that is still reachable, from a running server for instance, is no leak yet: stop what the test started.
 */
public final class LeakCheck implements LauncherSessionListener, AfterAllCallback {
    private static final Duration COLLECTION_DEADLINE = Duration.ofSeconds(5);
    private static final Pattern RUNNER_FRAME =
            Pattern.compile("\\s+(org\\.junit\\.|org\\.apache\\.maven\\.|java\\.base/jdk\\.internal\\.)");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        System.setProperty("io.netty.customResourceLeakDetector", RecordingLeakDetector.class.getName());
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        collectGarbage();
        // Netty looks for leaks when it allocates.
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        List<String> leaks = RecordingLeakDetector.drain();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " Netty buffer(s) were never released:\n"
                    + leaks.stream().map(LeakCheck::withoutRunnerFrames).collect(Collectors.joining("\n\n")));
        }
    }

    private static String withoutRunnerFrames(String leak) {
        return leak.lines()
                .filter(line -> !RUNNER_FRAME.matcher(line).lookingAt())
                .collect(Collectors.joining("\n"));
    }

    /** Returns when a collection has found what was unreachable: an object made for it has been enqueued. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> canary = new PhantomReference<>(new Object(), queue);
        long deadline = System.nanoTime() + COLLECTION_DEADLINE.toNanos();
        do {
            System.gc();
        } while (queue.remove(50) != canary && System.nanoTime() < deadline);
    }
}
