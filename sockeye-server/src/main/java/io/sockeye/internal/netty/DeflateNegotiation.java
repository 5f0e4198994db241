// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The choice among a client's offers of permessage-deflate (RFC 7692, section 7.1). Stateless. */
final class DeflateNegotiation {
    private static final String NAME = "permessage-deflate";
    private static final String ANSWER = NAME + "; server_no_context_takeover; client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";

    /** The only window that java.util.zip has. */
    private static final String WINDOW_BITS = "15";

    private static final Set<String> WINDOWS = Set.of("8", "9", "10", "11", "12", "13", "14", WINDOW_BITS);

    private DeflateNegotiation() {}

    /**
     * The answer to the first offer that can be met, or null to go without the extension.
     *
     * @param fields the values of {@code Sec-WebSocket-Extensions}
     */
    static @Nullable String answer(List<String> fields) {
        for (String field : fields) {
            for (ExtensionOffer offer : ExtensionOffer.parse(field)) {
                if (offer.name().equals(NAME) && meets(offer.parameters())) {
                    return asksForWindow(offer) ? ANSWER + "; " + SERVER_WINDOW + "=" + WINDOW_BITS : ANSWER;
                }
            }
        }
        return null;
    }

    private static boolean meets(List<ExtensionOffer.Parameter> parameters) {
        Set<String> seen = new HashSet<>();
        for (ExtensionOffer.Parameter parameter : parameters) {
            if (!seen.add(parameter.name()) || !meets(parameter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean meets(ExtensionOffer.Parameter parameter) {
        String value = parameter.value();
        return switch (parameter.name()) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
            case "client_max_window_bits" -> value == null || WINDOWS.contains(value);
            case SERVER_WINDOW -> WINDOW_BITS.equals(value);
            default -> false;
        };
    }

    private static boolean asksForWindow(ExtensionOffer offer) {
        return offer.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(SERVER_WINDOW));
    }
}
