// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.DisconnectReason;
import io.sockeye.internal.transport.LoopCounters.Count;
import org.junit.jupiter.api.Test;

class LoopCountersTest {
    private final LoopCounters counters = new LoopCounters();

    @Test
    void everyNumberHasAPlaceOfItsOwn() {
        long number = 0;
        for (Count count : Count.values()) {
            number++;
            counters.add(count, number);
        }
        for (DisconnectReason reason : DisconnectReason.values()) {
            counters.closed(reason);
            counters.disconnected(reason);
            counters.disconnected(reason);
        }
        number = 0;
        for (Count count : Count.values()) {
            number++;
            assertThat(counters.get(count)).as(count.name()).isEqualTo(number);
        }
        for (DisconnectReason reason : DisconnectReason.values()) {
            assertThat(counters.closedFor(reason)).as(reason.name()).isEqualTo(1);
            assertThat(counters.disconnectedFor(reason)).as(reason.name()).isEqualTo(2);
        }
    }
}
