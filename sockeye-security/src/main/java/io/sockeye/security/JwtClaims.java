// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.sockeye.event.Args;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token says. Immutable; any thread. Attached to the socket: {@code socket.get(JwtClaims.class)}.
 *
 * <p>The text of the token itself is not kept.
 */
public final class JwtClaims {
    static final long LAST_SECOND = 253_402_300_799L;

    /** The JSON as it came. */
    private final Args json;

    private final @Nullable String subject;
    private final @Nullable String id;
    private final @Nullable String issuer;
    private final @Nullable Instant expiresAt;
    private final @Nullable Instant issuedAt;
    private final @Nullable Instant notBefore;

    private JwtClaims(Args json, Map<String, @Nullable Object> members) {
        this.json = json;
        this.subject = text(members, "sub");
        this.id = text(members, "jti");
        this.issuer = text(members, "iss");
        this.expiresAt = time(members, "exp");
        this.issuedAt = time(members, "iat");
        this.notBefore = time(members, "nbf");
    }

    /**
     * Reads the claims of a token whose signature is right.
     *
     * @throws InvalidToken if they are no JSON object, or if one that is defined by RFC 7519 has the wrong type
     */
    static JwtClaims of(byte[] payload) {
        Args json = TokenJson.object(payload);
        return new JwtClaims(json, TokenJson.members(json));
    }

    private static @Nullable String text(Map<String, @Nullable Object> members, String name) {
        Object value = members.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrongType(name);
    }

    private static @Nullable Instant time(Map<String, @Nullable Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        double seconds = value instanceof Number number ? number.doubleValue() : Double.NaN;
        if (!(seconds >= 0)) {
            throw wrongType(name);
        }
        return seconds >= LAST_SECOND
                ? Instant.ofEpochSecond(LAST_SECOND)
                : Instant.ofEpochMilli((long) (seconds * 1000));
    }

    private static InvalidToken wrongType(String name) {
        return new InvalidToken(TokenFault.CLAIMS, "its claim \"" + name + "\" has the wrong type");
    }

    /** Who the token is about ({@code sub}), or null. */
    public @Nullable String subject() {
        return subject;
    }

    /** The id of the token ({@code jti}), or null. */
    public @Nullable String id() {
        return id;
    }

    /** Who made the token ({@code iss}), or null. */
    public @Nullable String issuer() {
        return issuer;
    }

    /** Who the token is for ({@code aud}); empty if it does not say. */
    public List<String> audience() {
        Object value = get("aud");
        if (value instanceof String one) {
            return List.of(one);
        }
        List<String> all = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                if (!(entry instanceof String name)) {
                    throw wrongType("aud");
                }
                all.add(name);
            }
        } else if (value != null) {
            throw wrongType("aud");
        }
        return Collections.unmodifiableList(all);
    }

    /** When it expires ({@code exp}), to the millisecond, or null. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** When it was made ({@code iat}), or null. */
    public @Nullable Instant issuedAt() {
        return issuedAt;
    }

    /** When it begins to be valid ({@code nbf}), or null. */
    public @Nullable Instant notBefore() {
        return notBefore;
    }

    /** A claim as a plain value: text, number, boolean, list or map; null where it is absent. Read anew by each call. */
    public @Nullable Object get(String name) {
        return asMap().get(name);
    }

    /** All claims as plain values. Read anew by each call. */
    public Map<String, @Nullable Object> asMap() {
        return Collections.unmodifiableMap(TokenJson.members(json));
    }

    /**
     * The claims bound to a type of yours, usually a record. Claims that it does not know are ignored, absent ones are null.
     *
     * @throws io.sockeye.event.PayloadException if they do not fit
     */
    public <T> T as(Class<T> type) {
        return json.get(0, type);
    }

    /** The id only: claims may say much about a person. */
    @Override
    public String toString() {
        return "JwtClaims[id=" + id + "]";
    }
}
