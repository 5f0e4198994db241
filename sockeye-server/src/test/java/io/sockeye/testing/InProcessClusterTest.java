// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.sockeye.spi.AdapterFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** Shows that the interfaces for adapters suffice for several nodes. */
class InProcessClusterTest extends ClusterContractTest {
    private final InProcessCluster cluster = new InProcessCluster(Duration.ofSeconds(1));

    @Override
    protected int nodes() {
        return 3;
    }

    @Override
    protected AdapterFactory adapter(int node) {
        return cluster;
    }

    @Override
    protected void cutOffLast() {
        cluster.cutOff(nodes() - 1);
    }

    @AfterEach
    void endTheBus() {
        cluster.close();
    }
}
