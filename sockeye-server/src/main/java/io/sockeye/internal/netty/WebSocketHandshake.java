// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.internal.transport.WebSocketSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The opening handshake of RFC 6455, section 4.2. Stateless. */
final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARACTERS = 24;

    private WebSocketHandshake() {}

    /** Whether a request is a correct handshake. */
    static boolean isAskedFor(RequestHead head) {
        HttpRequest request = head.request();
        Headers headers = request.headers();
        return request.method().equals("GET")
                && head.http11()
                && !head.hasBody()
                && hasToken(headers, "upgrade", "websocket")
                && hasToken(headers, "connection", "upgrade")
                && "13".equals(single(headers, "sec-websocket-version"))
                && validKey(single(headers, "sec-websocket-key"));
    }

    private static @Nullable String single(Headers headers, String name) {
        List<String> values = headers.all(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    private static boolean validKey(@Nullable String key) {
        if (key == null || key.length() != KEY_CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasToken(Headers headers, String name, String token) {
        for (String value : headers.all(name)) {
            for (String part : value.split(",", -1)) {
                if (part.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The best subprotocol that both sides speak, empty for none. */
    static String subprotocol(HttpRequest request, WebSocketSettings settings) {
        if (settings.subprotocols().isEmpty()) {
            return "";
        }
        Set<String> offered = new HashSet<>();
        for (String value : request.headers().all("sec-websocket-protocol")) {
            for (String part : value.split(",", -1)) {
                offered.add(part.trim());
            }
        }
        for (String spoken : settings.subprotocols()) {
            if (offered.contains(spoken)) {
                return spoken;
            }
        }
        return "";
    }

    /** The extension that both sides speak, with its parameters; empty for none. */
    static String extension(HttpRequest request, WebSocketSettings settings) {
        if (!settings.deflate().enabled()) {
            return "";
        }
        String answer = DeflateNegotiation.answer(request.headers().all("sec-websocket-extensions"));
        return answer == null ? "" : answer;
    }

    /** The header fields that the 101 response has beside those that all have. */
    static Headers chosen(String subprotocol, String extension, WebSocketSettings settings) {
        Headers none = Headers.of();
        Headers chosen = subprotocol.isEmpty() ? none : Headers.of("sec-websocket-protocol", subprotocol);
        Headers extended =
                extension.isEmpty() ? chosen : chosen.plus(Headers.of("sec-websocket-extensions", extension));
        return extended.plus(settings.headers());
    }

    /** The proof that the server has read the client's key. */
    static String accept(HttpRequest request) {
        String key = request.headers().first("sec-websocket-key");
        if (key == null) {
            throw new IllegalStateException("expected a checked handshake, got " + request);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-1, which every Java platform has", e);
        }
    }
}
