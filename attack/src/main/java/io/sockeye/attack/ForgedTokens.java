// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that must not be accepted, and one that must, as the payloads of a CONNECT. The server knows the public key only. Stateless. */
final class ForgedTokens {
    private static final String ADMIN = "{\"sub\":\"admin\",\"exp\":4102444800}";
    private static final KeyPair KEYS = newKeys();
    private static final KeyPair OTHER_KEYS = newKeys();

    private ForgedTokens() {}

    /** The key that the server checks tokens with, as PEM. */
    static String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(KEYS.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** One that is as it should be. */
    static String genuine() throws GeneralSecurityException {
        return auth(signed(KEYS, "{\"alg\":\"RS256\"}", ADMIN));
    }

    /** No token where one should be. */
    static List<String> missing() {
        return List.of("", "{}", "{\"token\":null}", "{\"token\":7}", "{\"token\":\"\"}");
    }

    static List<String> forged() throws GeneralSecurityException {
        byte[] der = KEYS.getPublic().getEncoded();
        byte[] pem = publicKey().getBytes(StandardCharsets.US_ASCII);
        String genuine = signed(KEYS, "{\"alg\":\"RS256\"}", "{\"sub\":\"guest\",\"exp\":4102444800}");
        String signature = genuine.substring(genuine.lastIndexOf('.') + 1);
        long past = Instant.now().getEpochSecond() - 3_600;
        return List.of(
                auth("a.b.c"),
                auth("a".repeat(100_000)),
                auth(".".repeat(10_000)),
                auth(unsigned("{\"alg\":\"none\"}", ADMIN) + "."),
                auth(unsigned("{\"alg\":\"nOnE\"}", ADMIN) + "."),
                auth(unsigned("{\"alg\":\"RS256\"}", ADMIN) + "."),
                auth(unsigned("{\"alg\":\"RS256\"}", ADMIN) + "." + signature),
                auth(signed(OTHER_KEYS, "{\"alg\":\"RS256\"}", ADMIN)),
                auth(signed(OTHER_KEYS, "{\"alg\":\"RS256\",\"kid\":\"../../etc/passwd\"}", ADMIN)),
                auth(signed(OTHER_KEYS, "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:1/keys\"}", ADMIN)),
                auth(hashed(der, ADMIN)),
                auth(hashed(pem, ADMIN)),
                auth(hashed("secret".getBytes(StandardCharsets.US_ASCII), ADMIN)),
                auth(signed(KEYS, "{\"alg\":\"RS256\"}", "{\"sub\":\"admin\",\"exp\":" + past + "}")));
    }

    private static String auth(String token) {
        return "{\"token\":\"" + token + "\"}";
    }

    private static String unsigned(String header, String claims) {
        return encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(KeyPair keys, String header, String claims) throws GeneralSecurityException {
        String text = unsigned(header, claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + encoded(signature.sign());
    }

    /** Signed with what a server may take for a secret. */
    private static String hashed(byte[] secret, String claims) throws GeneralSecurityException {
        String text = unsigned("{\"alg\":\"HS256\"}", claims);
        Mac hash = Mac.getInstance("HmacSHA256");
        hash.init(new SecretKeySpec(secret, "HmacSHA256"));
        return text + "." + encoded(hash.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
