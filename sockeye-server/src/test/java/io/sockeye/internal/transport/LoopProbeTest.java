// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.testing.ManualLoop;
import org.junit.jupiter.api.Test;

class LoopProbeTest {
    private static final long MILLISECOND = 1_000_000;

    private final ManualLoop loop = new ManualLoop();
    private final LoopProbe probe = new LoopProbe(loop, loop::nanoTime);

    @Test
    void tellsHowLongTheLastTaskWaited() {
        assertThat(probe.lag()).isZero();
        loop.letPass(30);
        loop.runTasks();
        loop.letPass(1_000);
        assertThat(probe.lag()).isEqualTo(30 * MILLISECOND);
    }

    @Test
    void aLoopThatIsStuckLagsMoreAndMore() {
        probe.lag();
        loop.letPass(500);
        assertThat(probe.lag()).isEqualTo(500 * MILLISECOND);
        loop.letPass(500);
        assertThat(probe.lag()).isEqualTo(1_000 * MILLISECOND);
        loop.runTasks();
        probe.lag();
        loop.runTasks();
        assertThat(probe.lag()).isZero();
    }
}
