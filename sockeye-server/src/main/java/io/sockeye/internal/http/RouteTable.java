// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import io.sockeye.api.HttpHandler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The handlers by method and path: an exact path wins over a prefix, a longer prefix over a shorter one. Filled before the
 * server starts, then read by any thread.
 */
final class RouteTable {
    private static final String ALL_BELOW = "/*";

    private final Map<String, Map<String, HttpHandler>> exact = new HashMap<>();
    private final Map<String, Map<String, HttpHandler>> prefixes =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /**
     * Adds a handler.
     *
     * @throws IllegalArgumentException if the path is not one, or if the route is taken
     */
    void add(String method, String path, HttpHandler handler) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("expected a path that begins with a slash, got " + path);
        }
        boolean prefix = path.endsWith(ALL_BELOW);
        String key = prefix ? path.substring(0, path.length() - 1) : path;
        if (key.indexOf('*') >= 0) {
            throw new IllegalArgumentException("expected an exact path or one that ends with /*, got " + path);
        }
        HttpHandler taken = (prefix ? prefixes : exact)
                .computeIfAbsent(key, missing -> new TreeMap<>())
                .putIfAbsent(method, handler);
        if (taken != null) {
            throw new IllegalArgumentException("the route " + method + " " + path + " was declared twice");
        }
    }

    /** The handler of a request, or null. HEAD is answered by who answers GET, unless it has a route of its own. */
    @Nullable
    HttpHandler find(String method, String path) {
        for (Map<String, HttpHandler> methods : candidates(path)) {
            HttpHandler handler = methods.get(method);
            if (handler == null && method.equals("HEAD")) {
                handler = methods.get("GET");
            }
            if (handler != null) {
                return handler;
            }
        }
        return null;
    }

    /** The methods that a path has handlers for; empty if there is no such path. */
    Set<String> methods(String path) {
        Set<String> found = new TreeSet<>();
        for (Map<String, HttpHandler> methods : candidates(path)) {
            found.addAll(methods.keySet());
        }
        if (found.contains("GET")) {
            found.add("HEAD");
        }
        return found;
    }

    private List<Map<String, HttpHandler>> candidates(String path) {
        List<Map<String, HttpHandler>> matching = new ArrayList<>(2);
        Map<String, HttpHandler> same = exact.get(path);
        if (same != null) {
            matching.add(same);
        }
        prefixes.forEach((prefix, methods) -> {
            if (path.startsWith(prefix)) {
                matching.add(methods);
            }
        });
        return matching;
    }
}
