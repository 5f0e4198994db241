// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | GZIP",
                "deflate | DEFLATE",
                "gzip, deflate, br | GZIP",
                "deflate, gzip | DEFLATE",
                "deflate;q=0.5, gzip;q=0.8 | GZIP",
                "gzip;q=0.5, deflate; q=0.8 | DEFLATE",
                "GZIP | GZIP",
                "* | GZIP",
                "gzip;q=0, * | DEFLATE",
                "*, deflate | DEFLATE",
                "identity, gzip;q=0.1 | GZIP"
            })
    void theClientsFavouriteIsTaken(String field, ContentCoding expected) {
        assertThat(ContentCoding.accepted(Headers.of("accept-encoding", field))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "br", "identity", "gzip;q=0", "gzip;q=x", "gzip;q=NaN", "*;q=0", ",,", ";q=1", "gzipped"})
    void noneIsTakenWhereNoneIsAccepted(String field) {
        assertThat(ContentCoding.accepted(Headers.of("accept-encoding", field))).isEmpty();
    }

    @Test
    void noneIsTakenWithoutTheField() {
        assertThat(ContentCoding.accepted(Headers.of())).isEmpty();
    }
}
