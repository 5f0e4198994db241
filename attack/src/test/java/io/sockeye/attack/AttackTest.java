// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.attack.Suite.SuiteSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AttackTest {
    @Test
    void aServerStandsAllAttacksAtOnceAndBystandersLoseNothing() throws Exception {
        Path log = Path.of("target", "attack.log");
        try (Suite suite = new Suite(new SuiteSettings(true, 200, "256m", log))) {
            Result result = suite.run("at once", Suite.attacks());
            assertThat(result.faults()).as(ResultTable.line(result)).isEmpty();
        }
    }
}
