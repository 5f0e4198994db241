// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.spi.AdapterFactory;
import io.sockeye.testing.AdapterContractTest;

class MemoryAdapterTest extends AdapterContractTest {
    @Override
    protected int nodes() {
        return 1;
    }

    @Override
    protected AdapterFactory adapter(int node) {
        return MemoryAdapter::new;
    }
}
