// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.testing.ChildJvm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationBudgetTest {
    @ParameterizedTest
    @EnumSource
    void anOperationAllocatesNoMoreThanItsBudget(HotPath path) throws Exception {
        assertWithinBudget(path, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACKNOWLEDGED_ON_LOOP", "ACKNOWLEDGED_ON_HANDLER_THREAD", "EVENT"})
    void anObserverOfEventsMakesNoDifference(HotPath path) throws Exception {
        assertWithinBudget(path, true);
    }

    private static void assertWithinBudget(HotPath path, boolean observed) throws Exception {
        String budget = String.valueOf(path.budget());
        try (ChildJvm program = new ChildJvm(AllocationProbe.class, path.name(), budget, String.valueOf(observed))) {
            assertThat(Double.parseDouble(program.read()))
                    .as("bytes that the server allocates for one operation: %s", path)
                    .isLessThanOrEqualTo(path.budget());
        }
    }
}
