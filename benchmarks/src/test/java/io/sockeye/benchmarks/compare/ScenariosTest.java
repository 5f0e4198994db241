// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    private final List<Scenario> all = Scenarios.all(300);

    @Test
    void namesAreUnique() {
        assertThat(all).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    @Test
    void theIdleOneHasAsManyConnectionsAsAreAllowed() {
        assertThat(all)
                .filteredOn(scenario -> scenario.name().equals("idle"))
                .allSatisfy(
                        scenario -> assertThat(scenario.arguments()).containsExactly("idle", "--connections", "300"))
                .hasSize(1);
    }

    @Test
    void aServerIsAskedForMessagePackWhereItIsMeasured() {
        assertThat(all)
                .filteredOn(scenario -> scenario.arguments().contains("msgpack"))
                .hasSize(2)
                .allMatch(Scenario::messagePack);
    }

    @Test
    void fullSpeedIsTheSameLoadWithoutARate() {
        assertThat(all)
                .filteredOn(scenario -> scenario.name().equals("rooms-rate"))
                .allSatisfy(scenario -> assertThat(scenario.atFullSpeed())
                        .containsExactly("rooms", "--connections", "1000", "--rooms-of", "20", "--payload", "128"));
        assertThat(all)
                .allSatisfy(scenario -> assertThat(scenario.atFullSpeed()).doesNotContain("--rate"));
    }
}
