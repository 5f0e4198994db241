// SPDX-License-Identifier: Apache-2.0
package io.sockeye.tracing;

import io.sockeye.testing.PublicApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublicApiTest {
    @Test
    void isTheOneOnRecord() {
        PublicApi.of(Path.of("target/classes"), "io.sockeye.tracing").assertMatches(Path.of("api.txt"));
    }
}
