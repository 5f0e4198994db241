// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrowthScenariosTest {
    @Test
    void namesAndTitlesWithinATableAreUnique() {
        assertThat(GrowthScenarios.all(100_000))
                .extracting(Scenario::name)
                .doesNotHaveDuplicates()
                .contains("broadcast-19000", "echo-5000", "rooms-100000", "echo-of-65536");
    }

    @Test
    void noneHasMoreConnectionsThanAreAllowed() {
        assertThat(GrowthScenarios.all(3_000))
                .filteredOn(scenario -> scenario.arguments().contains("--connections"))
                .allSatisfy(scenario -> assertThat(Integer.parseInt(
                                scenario.arguments().get(scenario.arguments().indexOf("--connections") + 1)))
                        .isLessThanOrEqualTo(3_000))
                .extracting(Scenario::name)
                .contains("broadcast-1000", "broadcast-3000")
                .doesNotContain("broadcast-5000", "broadcast-19000");
    }
}
