// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateNegotiationTest {
    private static final String ACCEPTED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate ;client_max_window_bits=10",
                "permessage-deflate;client_max_window_bits=\"12\"",
                "permessage-deflate;client_max_window_bits=\"\\1\\2\"",
                "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
                "x-other; a=b, permessage-deflate",
                "permessage-deflate; unknown, permessage-deflate",
                "permessage-deflate; server_max_window_bits=9, permessage-deflate"
            })
    void anOfferThatCanBeMetIsTaken(String field) {
        assertThat(DeflateNegotiation.answer(List.of(field))).isEqualTo(ACCEPTED);
    }

    @Test
    void aWindowOfFullSizeIsConfirmed() {
        assertThat(DeflateNegotiation.answer(List.of("permessage-deflate; server_max_window_bits=15")))
                .isEqualTo(ACCEPTED + "; server_max_window_bits=15");
    }

    @Test
    void offersMayBeInSeveralFields() {
        assertThat(DeflateNegotiation.answer(List.of("x-other", "permessage-deflate")))
                .isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x-webkit-deflate-frame",
                "permessage-deflate; unknown",
                "permessage-deflate; hasOwnProperty=1",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=\"\"",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits=8; client_max_window_bits=8",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits=015",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_max_window_bits=\"12",
                "permessage-deflate; client_max_window_bits=\"1 2\"",
                "permessage-deflate;",
                "permessage-deflate,",
                "permessage-deflate; =1",
                "permessage-deflate client_max_window_bits",
                ", permessage-deflate",
                "permessage-deflate; grüße"
            })
    void anyOtherOfferIsDeclined(String field) {
        assertThat(DeflateNegotiation.answer(List.of(field))).isNull();
    }

    @Test
    void aLongFieldIsReadInOnePass() {
        String blanks = "permessage-deflate" + " ".repeat(500_000) + "x";
        String quotes = "permessage-deflate; a=\"" + "\\a".repeat(500_000);
        String offers = "permessage-deflate; a, ".repeat(50_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (String field : List.of(blanks, quotes, offers)) {
                assertThat(DeflateNegotiation.answer(List.of(field))).isNull();
            }
        });
    }
}
