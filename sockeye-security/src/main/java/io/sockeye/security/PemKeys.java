// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys from PEM: {@code PUBLIC KEY} and {@code CERTIFICATE} blocks, any number of them. */
final class PemKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KINDS = List.of("RSA", "EC", Ed25519Verifier.CURVE);

    private PemKeys() {}

    /**
     * The keys of all blocks.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be read
     */
    static List<PublicKey> parse(String pem) {
        List<PublicKey> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            keys.add(key(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected PEM with a block that begins with -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----");
        }
        return keys;
    }

    private static PublicKey key(String kind, byte[] bytes) {
        try {
            return switch (kind) {
                case "PUBLIC KEY" -> publicKey(new X509EncodedKeySpec(bytes));
                case "CERTIFICATE" ->
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes))
                            .getPublicKey();
                default ->
                    throw new IllegalArgumentException(
                            "expected a PUBLIC KEY or a CERTIFICATE, got a " + kind
                                    + "; a server that only checks tokens needs no private key: openssl pkey -in key.pem -pubout");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a " + kind + " block of the PEM cannot be read", e);
        }
    }

    private static PublicKey publicKey(X509EncodedKeySpec encoded) throws GeneralSecurityException {
        for (String kind : KINDS) {
            Optional<PublicKey> key = publicKey(kind, encoded);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new InvalidKeySpecException("it is none of " + KINDS);
    }

    /** Empty if the key is of another kind. */
    private static Optional<PublicKey> publicKey(String kind, X509EncodedKeySpec encoded)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePublic(encoded));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
