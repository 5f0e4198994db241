// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Netty's leak detector with a memory: what it logs, it also keeps for {@link LeakCheck}. Any thread.
 *
 * <p>Netty makes one instance for each kind of resource, by name, once for the whole JVM: hence the static queue.
 *
 * @param <T> the kind of resource that may leak
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** Called by Netty, by reflection. */
    public RecordingLeakDetector(Class<?> resource, int samplingInterval) {
        super(resource, samplingInterval);
    }

    /** Looked for by Netty, and complained about when missing, but not called. */
    public RecordingLeakDetector(Class<?> resource, int samplingInterval, long ignored) {
        this(resource, samplingInterval);
    }

    /** Returns what leaked since the last call. */
    static List<String> drain() {
        List<String> leaks = new ArrayList<>();
        for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            leaks.add(leak);
        }
        return leaks;
    }

    /** Leaks are failures here, whatever the log level is. */
    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        super.reportTracedLeak(resourceType, records);
        LEAKS.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        super.reportUntracedLeak(resourceType);
        LEAKS.add(resourceType);
    }
}
