// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a token as it is written, header, claims and signature (RFC 7515, section 7.1). Only their form is checked.
 * Immutable.
 */
final class CompactToken {
    /** The last counts if a member is there twice. */
    private final Map<String, @Nullable Object> header;

    private final byte[] payload;
    private final byte[] signed;
    private final Base64URL signature;

    private CompactToken(Map<String, @Nullable Object> header, byte[] payload, byte[] signed, Base64URL signature) {
        this.header = header;
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * Takes a token apart.
     *
     * @param maxLength characters
     * @throws InvalidToken if it has another form, such as the five parts of an encrypted one
     */
    static CompactToken parse(String token, int maxLength) {
        if (token.length() > maxLength) {
            throw new InvalidToken(TokenFault.MALFORMED, "it is longer than " + maxLength + " characters");
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0 || second == token.length() - 1) {
            throw new InvalidToken(TokenFault.MALFORMED);
        }
        byte[] header = decoded(token.substring(0, first));
        byte[] payload = decoded(token.substring(first + 1, second));
        String signature = token.substring(second + 1);
        decoded(signature);
        return new CompactToken(
                TokenJson.members(TokenJson.object(header)),
                payload,
                token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                new Base64URL(signature));
    }

    private static byte[] decoded(String part) {
        if (part.indexOf('=') >= 0) {
            throw new InvalidToken(TokenFault.MALFORMED);
        }
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new InvalidToken(TokenFault.MALFORMED);
        }
    }

    /** Whether the header has a member. */
    boolean hasHeader(String name) {
        return header.containsKey(name);
    }

    /** A member of the header as text, or null if it is absent. */
    @Nullable
    String headerText(String name) {
        Object value = header.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new InvalidToken(TokenFault.MALFORMED, "its header has a \"" + name + "\" that is not a text");
    }

    /** The JSON of the claims. */
    byte[] payload() {
        return payload;
    }

    /** The bytes that the signature is of. */
    byte[] signed() {
        return signed;
    }

    Base64URL signature() {
        return signature;
    }

    /** Nothing of what it holds: whoever has a token is who it says. */
    @Override
    public String toString() {
        return "CompactToken";
    }
}
