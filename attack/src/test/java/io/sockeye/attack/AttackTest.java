// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.attack.Suite.SuiteSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttackTest {
    /** Where these fill what may wait in the server, it refuses new sessions, those of other attacks too. */
    private static final Set<String> FILLING = Set.of("bodies that stop half way", "messages that are almost there");

    @Test
    void aServerStandsTheOtherAttacksAtOnceAndBystandersLoseNothing() throws Exception {
        Path log = Path.of("target", "attack.log");
        try (Suite suite = new Suite(new SuiteSettings(true, 200, "256m", log))) {
            List<Attack> attacks = Suite.attacks().stream()
                    .filter(attack -> !FILLING.contains(attack.name()))
                    .toList();
            Result result = suite.run("at once", attacks);
            assertThat(result.faults()).as(ResultTable.line(result)).isEmpty();
        }
    }
}
