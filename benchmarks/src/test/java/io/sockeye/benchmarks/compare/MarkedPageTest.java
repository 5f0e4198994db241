// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkedPageTest {
    private static final String PAGE = "before\n" + MarkedPage.BEGIN + "old\n" + MarkedPage.END + "\nafter\n";

    @Test
    void onlyWhatIsBetweenTheMarkersChanges() {
        String page = MarkedPage.rewritten(PAGE, "new\n");
        assertThat(page).isEqualTo("before\n" + MarkedPage.BEGIN + "\nnew\n\n" + MarkedPage.END + "\nafter\n");
        assertThat(MarkedPage.rewritten(page, "new\n")).isEqualTo(page);
    }

    @Test
    void aPageWithoutMarkersIsRefused() {
        assertThatThrownBy(() -> MarkedPage.rewritten("a page", "new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin");
    }
}
