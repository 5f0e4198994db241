// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

/** Why a token does not count. For logs and counters; clients are told only that it is invalid. */
public enum TokenFault {
    /** It is not three parts of base64url with JSON inside, or it is too long. */
    MALFORMED("it is not a signed JSON Web Token"),
    /** Its {@code typ} is another one, or it has parameters that must be understood and are not. */
    TYPE("it is a token of another kind"),
    /** Its {@code alg} is not allowed; {@code none} never is. */
    ALGORITHM("it is signed with an algorithm that is not allowed"),
    /** There is no key for it. */
    KEY("it is signed with a key that is not known"),
    /** Its signature is wrong. */
    SIGNATURE("its signature is wrong"),
    /** A claim that is required is absent, or one has the wrong type. */
    CLAIMS("a claim is missing or has the wrong type"),
    /** Its {@code exp} has passed. */
    EXPIRED("it has expired"),
    /** Its {@code nbf} is to come. */
    NOT_YET_VALID("it is not valid yet"),
    /** Its {@code iss} is another one. */
    ISSUER("it has another issuer"),
    /** Its {@code aud} does not name this server. */
    AUDIENCE("it is for another audience"),
    /** It, or its subject, was revoked. */
    REVOKED("it was revoked"),
    /** The check of the program refused it. */
    NOT_ACCEPTED("the check of the program does not accept it");

    private final String text;

    TokenFault(String text) {
        this.text = text;
    }

    /** The same in words, such as {@code it has expired}. */
    public String text() {
        return text;
    }
}
