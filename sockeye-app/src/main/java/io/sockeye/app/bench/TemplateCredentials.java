// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sockeye.app.bench.client.Credentials;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Credentials made from templates: in each, <code>{{n}}</code> stands for the number of the client and <code>{{jwt}}</code>
 * for its JSON Web Token, signed with HS256. Immutable; any thread.
 */
final class TemplateCredentials implements Credentials {
    private static final String NUMBER = "{{n}}";
    private static final String TOKEN = "{{jwt}}";
    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

    private final @Nullable String auth;
    private final List<String> headers;
    private final @Nullable MACSigner signer;
    private final String claims;

    /**
     * Credentials.
     *
     * @param auth a JSON object, or null
     * @param headers lines such as {@code Name: value}
     * @param secret of the tokens, or null for none
     * @param claims a JSON object with the claims of the tokens
     * @throws BenchFailed if a template makes no JSON object or the secret is too short
     */
    TemplateCredentials(@Nullable String auth, List<String> headers, byte @Nullable [] secret, String claims) {
        this.auth = auth;
        this.headers = List.copyOf(headers);
        this.claims = claims;
        signer = secret == null ? null : signer(secret);
        for (String header : headers) {
            if (header.indexOf(':') < 1 || header.chars().anyMatch(letter -> letter < ' ')) {
                throw new BenchFailed("--header is 'Name: value', not '" + header + "'.");
            }
        }
        if (signer == null && (headers + String.valueOf(auth)).contains(TOKEN)) {
            throw new BenchFailed(TOKEN + " needs --jwt-secret-file.");
        }
        // Each template is tried, so that a mistake shows before there is a connection.
        headerLines(0);
        String first = auth(0);
        if (first != null) {
            requireObject(first);
        }
    }

    @Override
    public @Nullable String auth(int number) {
        return auth == null ? null : filled(auth, number);
    }

    @Override
    public String headerLines(int number) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(filled(header, number)).append("\r\n");
        }
        return lines.toString();
    }

    private String filled(String template, int number) {
        String numbered = template.replace(NUMBER, Integer.toString(number));
        return numbered.contains(TOKEN) && signer != null ? numbered.replace(TOKEN, token(signer, number)) : numbered;
    }

    private String token(MACSigner with, int number) {
        try {
            SignedJWT token =
                    new SignedJWT(HEADER, JWTClaimsSet.parse(claims.replace(NUMBER, Integer.toString(number))));
            token.sign(with);
            return token.serialize();
        } catch (ParseException e) {
            throw new BenchFailed("--jwt-claims makes no JSON object with claims: " + e.getMessage());
        } catch (JOSEException e) {
            throw new BenchFailed("A token cannot be signed: " + e.getMessage());
        }
    }

    private static MACSigner signer(byte[] secret) {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new BenchFailed("The secret of --jwt-secret-file does not do for HS256: " + e.getMessage());
        }
    }

    private static void requireObject(String auth) {
        try {
            if (JsonMapper.shared().readTree(auth).isObject()) {
                return;
            }
        } catch (JacksonException e) {
            throw new BenchFailed("--auth makes no JSON: " + e.getOriginalMessage());
        }
        throw new BenchFailed("--auth makes no JSON object: " + auth);
    }
}
