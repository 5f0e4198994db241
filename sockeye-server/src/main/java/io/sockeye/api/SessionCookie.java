// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cookie with the id of the session, for load balancers that keep a client on one server (RFC 6265). The server itself reads no
 * cookies. Immutable: each step makes a new one.
 */
public final class SessionCookie {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern ATTRIBUTE = Pattern.compile("[ -:<-~]+");
    private static final Pattern DOMAIN = Pattern.compile("[.]?[0-9A-Za-z-]+([.][0-9A-Za-z-]+)*");

    /** With which requests of other sites a browser sends a cookie. */
    public enum SameSite {
        /** With none. */
        STRICT("Strict"),
        /** With those that open a page. */
        LAX("Lax"),
        /** With all; browsers ask for {@link #secure} then. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }

    private final String name;
    private final String path;
    private final @Nullable String domain;
    private final @Nullable Duration maxAge;
    private final boolean httpOnly;
    private final boolean secure;
    private final SameSite sameSite;

    private SessionCookie(
            String name,
            String path,
            @Nullable String domain,
            @Nullable Duration maxAge,
            boolean httpOnly,
            boolean secure,
            SameSite sameSite) {
        this.name = name;
        this.path = path;
        this.domain = domain;
        this.maxAge = maxAge;
        this.httpOnly = httpOnly;
        this.secure = secure;
        this.sameSite = sameSite;
    }

    /**
     * A cookie of a name, such as {@code io}, for the path {@code /}, HttpOnly, SameSite=Lax, that ends with the browser.
     *
     * @throws IllegalArgumentException if the name has characters that the name of a cookie cannot have
     */
    public static SessionCookie of(String name) {
        require(NAME, "the name of a cookie", name);
        return new SessionCookie(name, "/", null, null, true, false, SameSite.LAX);
    }

    /** For which paths browsers send it. Default: {@code /}, all. */
    public SessionCookie path(String value) {
        require(ATTRIBUTE, "the path of a cookie", value);
        return new SessionCookie(name, value, domain, maxAge, httpOnly, secure, sameSite);
    }

    /** The domain for which browsers send it, subdomains included. Default: the host of the request alone. */
    public SessionCookie domain(String value) {
        require(DOMAIN, "the domain of a cookie", value);
        return new SessionCookie(name, path, value, maxAge, httpOnly, secure, sameSite);
    }

    /** How long browsers keep it, in whole seconds. Default: until they close. */
    public SessionCookie maxAge(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("the age of a cookie must not be negative, got " + value);
        }
        return new SessionCookie(name, path, domain, value, httpOnly, secure, sameSite);
    }

    /** Whether it is hidden from scripts. Default: true. */
    public SessionCookie httpOnly(boolean value) {
        return new SessionCookie(name, path, domain, maxAge, value, secure, sameSite);
    }

    /** Whether browsers send it over encrypted connections only. Default: false. */
    public SessionCookie secure(boolean value) {
        return new SessionCookie(name, path, domain, maxAge, httpOnly, value, sameSite);
    }

    /** With which requests of other sites browsers send it. Default: {@link SameSite#LAX}. */
    public SessionCookie sameSite(SameSite value) {
        return new SessionCookie(name, path, domain, maxAge, httpOnly, secure, value);
    }

    /** The value of a {@code Set-Cookie} field for a session. */
    public String header(String sessionId) {
        String value = URLEncoder.encode(sessionId, StandardCharsets.UTF_8).replace("+", "%20");
        StringBuilder header = new StringBuilder(name).append('=').append(value);
        if (maxAge != null) {
            header.append("; Max-Age=").append(maxAge.toSeconds());
        }
        if (domain != null) {
            header.append("; Domain=").append(domain);
        }
        header.append("; Path=").append(path);
        header.append(httpOnly ? "; HttpOnly" : "").append(secure ? "; Secure" : "");
        return header.append("; SameSite=").append(sameSite.text).toString();
    }

    private static void require(Pattern pattern, String what, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " must not be empty nor have characters that end it, got \"" + value + '"');
        }
    }
}
