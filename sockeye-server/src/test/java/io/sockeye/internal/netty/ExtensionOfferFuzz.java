// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A value of {@code Sec-WebSocket-Extensions}. */
public final class ExtensionOfferFuzz {
    private ExtensionOfferFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String field = new String(input, StandardCharsets.ISO_8859_1);
        List<ExtensionOffer> offers = ExtensionOffer.parse(field);
        if (!offers.isEmpty()) {
            String written = offers.stream().map(ExtensionOfferFuzz::text).collect(Collectors.joining(","));
            require(
                    ExtensionOffer.parse(written).equals(offers),
                    "offers that are written and read stay what they are");
        }
        String answer = DeflateNegotiation.answer(List.of(field));
        if (answer != null) {
            require(ExtensionOffer.parse(answer).size() == 1, "an answer is one extension");
            require(DeflateNegotiation.answer(List.of(answer)) != null, "an answer is an offer that can be met");
        }
    }

    private static String text(ExtensionOffer offer) {
        return offer.name()
                + offer.parameters().stream()
                        .map(parameter -> ";" + parameter.name()
                                + (parameter.value() == null ? "" : "=\"" + parameter.value() + "\""))
                        .collect(Collectors.joining());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
