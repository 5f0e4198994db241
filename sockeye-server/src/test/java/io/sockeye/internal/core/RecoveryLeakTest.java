// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.internal.execution.SerialQueue;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecoveryLeakTest {
    private final AtomicInteger ids = new AtomicInteger();
    private final RecoverySettings recovery = RecoverySettings.of(
            ConnectionStateRecovery.defaults(), () -> "id-of-" + ids.getAndIncrement() + "-client", System::nanoTime);
    private final ThreadLoop loop = new ThreadLoop(0);
    private final NamespaceImpl namespace = new NamespaceImpl(
            "/",
            new CoreSettings(
                    List.of(loop),
                    Runnable::run,
                    new SerialQueue.Bounds(10, 1_000_000),
                    100_000,
                    RecordingLink.FORMATS,
                    MemoryAdapter::new,
                    recovery));

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void aNamespaceThatIsClosedKeepsNoEvents() {
        namespace.emit("kept");
        assertThat(recovery.bytes()).hasPositiveValue();
        namespace.close();
        namespace.emit("late");
        assertThat(recovery.bytes()).hasValue(0);
    }
}
