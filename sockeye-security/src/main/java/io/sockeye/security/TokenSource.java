// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.sockeye.api.Handshake;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A place where a client may put its token. Immutable. */
public final class TokenSource {
    private static final String BEARER = "Bearer ";

    private final String name;
    private final Function<Introduction, @Nullable String> finder;

    private TokenSource(String name, Function<Introduction, @Nullable String> finder) {
        this.name = name;
        this.finder = finder;
    }

    /** A field of the {@code auth} object of Socket.IO clients: {@code io(url, {auth: {token}})}. */
    public static TokenSource auth(String field) {
        return new TokenSource("auth." + field, from -> from.auth().apply(field));
    }

    /** The {@code Authorization} header with the scheme {@code Bearer}. */
    public static TokenSource bearer() {
        return new TokenSource("the Authorization header", from -> bearer(from.headers()));
    }

    /** A cookie. A page of any site can have it sent: leave the check of origins on. */
    public static TokenSource cookie(String name) {
        return new TokenSource("the cookie " + name, from -> cookie(from.headers(), name));
    }

    /** A parameter of the query. Proxies write URLs into their logs: use tokens that are valid for a short time. */
    public static TokenSource query(String parameter) {
        return new TokenSource(
                "the parameter " + parameter, from -> from.parameter().apply(parameter));
    }

    /**
     * A subprotocol that a WebSocket client offers: {@code new WebSocket(url, ["chat", "bearer." + token])} with the prefix
     * {@code bearer.}. The server chooses another one of those offered, never this.
     */
    public static TokenSource subprotocol(String prefix) {
        return new TokenSource("a subprotocol " + prefix, from -> subprotocol(from.headers(), prefix));
    }

    /** The token, or null if there is none here. */
    @Nullable
    String find(Introduction from) {
        String token = finder.apply(from);
        return token == null || token.isBlank() ? null : token.trim();
    }

    private static @Nullable String bearer(Headers headers) {
        String header = headers.first("authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length())
                : null;
    }

    private static @Nullable String cookie(Headers headers, String name) {
        for (String header : headers.all("cookie")) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
                    return unquoted(pair.substring(equals + 1).trim());
                }
            }
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static @Nullable String subprotocol(Headers headers, String prefix) {
        for (String header : headers.all("sec-websocket-protocol")) {
            for (String offered : header.split(",", -1)) {
                if (offered.trim().startsWith(prefix)) {
                    return offered.trim().substring(prefix.length());
                }
            }
        }
        return null;
    }

    /** Where it is, without what is there. */
    @Override
    public String toString() {
        return "TokenSource[" + name + "]";
    }

    /** What a client has shown of itself. */
    record Introduction(
            Headers headers, Function<String, @Nullable String> parameter, Function<String, @Nullable String> auth) {
        static Introduction of(Handshake handshake) {
            return new Introduction(
                    handshake.headers(),
                    name -> first(handshake.query().getOrDefault(name, List.of())),
                    handshake::auth);
        }

        static Introduction of(HttpRequest request) {
            return new Introduction(request.headers(), request::parameter, field -> null);
        }

        private static @Nullable String first(List<String> values) {
            return values.isEmpty() ? null : values.get(0);
        }

        @Override
        public String toString() {
            return "Introduction";
        }
    }
}
