// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens, right and wrong ones, of any header and claims, with what the JDK has. Single quotes stand for double ones. */
final class Signer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String algorithm;
    private final Signing signing;

    private Signer(String algorithm, Signing signing) {
        this.algorithm = algorithm;
        this.signing = signing;
    }

    private interface Signing {
        byte[] sign(byte[] text) throws GeneralSecurityException;
    }

    static byte[] newSecret(int bytes) {
        byte[] secret = new byte[bytes];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    static KeyPair newKeys(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair newCurveKeys(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HS256, HS384 or HS512. */
    static Signer secret(String algorithm, byte[] secret) {
        String mac = "HmacSHA" + algorithm.substring(2);
        return new Signer(algorithm, text -> {
            Mac hash = Mac.getInstance(mac);
            hash.init(new SecretKeySpec(secret, mac));
            return hash.doFinal(text);
        });
    }

    static Signer keys(String algorithm, KeyPair keys) {
        return new Signer(algorithm, text -> {
            Signature signature = Signature.getInstance(jdkName(algorithm));
            if (algorithm.startsWith("PS")) {
                signature.setParameter(pss(Integer.parseInt(algorithm.substring(2))));
            }
            signature.initSign(keys.getPrivate());
            signature.update(text);
            return signature.sign();
        });
    }

    private static String jdkName(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> "SHA" + algorithm.substring(2) + "withRSA";
            case "PS" -> "RSASSA-PSS";
            case "ES" -> "SHA" + algorithm.substring(2) + "withECDSAinP1363Format";
            default -> "Ed25519";
        };
    }

    private static AlgorithmParameterSpec pss(int bits) {
        String hash = "SHA-" + bits;
        return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1);
    }

    /** The same key under another name of an algorithm. */
    Signer named(String other) {
        return new Signer(other, signing);
    }

    String token(String claims) {
        return token("{'alg':'" + algorithm + "','typ':'JWT'}", claims);
    }

    String token(String header, String claims) {
        String signed = encoded(header) + "." + encoded(claims);
        try {
            return signed + "." + BASE64.encodeToString(signing.sign(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String json) {
        return BASE64.encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    static String pem(KeyPair keys) {
        return pem("PUBLIC KEY", keys.getPublic().getEncoded());
    }
}
