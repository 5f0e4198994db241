// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationBudgetTest {
    @ParameterizedTest
    @EnumSource
    void anOperationAllocatesNoMoreThanItsBudget(HotPath path) throws Exception {
        assertThat(measured(path))
                .as("bytes that the server allocates for one operation: %s", path)
                .isLessThanOrEqualTo(path.budget());
    }

    private static double measured(HotPath path) throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-Xmx512m",
                        "-Xbatch",
                        "-Dio.netty.leakDetection.level=disabled",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AllocationProbe.class.getName(),
                        path.name(),
                        String.valueOf(path.budget())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("exit status").isZero();
            return Double.parseDouble(answer.lines().reduce("", (first, last) -> last));
        } finally {
            process.destroyForcibly();
        }
    }
}
