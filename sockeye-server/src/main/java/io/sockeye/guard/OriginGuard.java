// SPDX-License-Identifier: Apache-2.0
package io.sockeye.guard;

import io.sockeye.api.Cors;
import io.sockeye.api.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides whether the page that a request comes from may talk to the server. */
/* The browser's own CORS check covers neither WebSocket handshakes nor requests that need no preflight, so the server decides. */
public final class OriginGuard {
    private OriginGuard() {}

    /**
     * Whether a request is let in: one without {@code Origin} (not a browser, or a page of the same origin), one from an origin
     * on the list, or one from the host that the request is for.
     */
    public static boolean allows(HttpRequest request, Cors cors) {
        String origin = request.headers().first("origin");
        if (origin == null) {
            return true;
        }
        return cors.allows(origin) || isSameHost(origin, request.headers().first("host"));
    }

    /**
     * Whether a request is let in whose answer is a script. Browsers send no {@code Origin} when they load one, for whatever
     * page, so others of their headers decide; browsers that send none of them cannot be told from programs.
     */
    public static boolean allowsScript(HttpRequest request, Cors cors) {
        if (!allows(request, cors)) {
            return false;
        }
        String page = request.headers().first("referer");
        if (cors.anyOrigin()) {
            return true;
        }
        if (page != null) {
            String origin = originOf(page);
            return cors.allows(origin) || isSameHost(origin, request.headers().first("host"));
        }
        String site = request.headers().first("sec-fetch-site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    private static String originOf(String url) {
        int scheme = url.indexOf("://");
        int path = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
        return path < 0 ? url : url.substring(0, path);
    }

    /** Compares host and port. The scheme is left out: behind a proxy that ends TLS the server does not know it. */
    private static boolean isSameHost(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return host != null
                && scheme > 0
                && origin.substring(scheme + 3).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    }
}
