// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SoakTest {
    @Test
    void manyClientsThatComeAndGoLeaveNothingBehind() {
        int status = new CommandLine(new SoakCommand()).execute("--cycles", "50000");
        assertThat(status).isZero();
    }
}
