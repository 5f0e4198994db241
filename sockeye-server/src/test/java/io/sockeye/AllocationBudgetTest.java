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
        try (ChildJvm program = new ChildJvm(AllocationProbe.class, path.name(), String.valueOf(path.budget()))) {
            assertThat(Double.parseDouble(program.read()))
                    .as("bytes that the server allocates for one operation: %s", path)
                    .isLessThanOrEqualTo(path.budget());
        }
    }
}
