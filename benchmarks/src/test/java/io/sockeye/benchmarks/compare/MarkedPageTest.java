// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkedPageTest {
    private static final String BEGIN = "<!-- written by ./dev bench compare: begin -->\n";
    private static final String END = "<!-- written by ./dev bench compare: end -->";
    private static final String PAGE = "before\n" + BEGIN + "old\n" + END + "\nafter\n";

    @Test
    void onlyWhatIsBetweenTheMarkersChanges() {
        String page = MarkedPage.rewritten(PAGE, "new\n", "compare");
        assertThat(page).isEqualTo("before\n" + BEGIN + "\nnew\n\n" + END + "\nafter\n");
        assertThat(MarkedPage.rewritten(page, "new\n", "compare")).isEqualTo(page);
    }

    @Test
    void aPageWithoutMarkersIsRefused() {
        assertThatThrownBy(() -> MarkedPage.rewritten("a page", "new", "compare"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin");
    }
}
