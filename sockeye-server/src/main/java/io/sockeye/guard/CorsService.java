// SPDX-License-Identifier: Apache-2.0
package io.sockeye.guard;

import io.sockeye.api.Cors;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.HeadedExchange;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the CORS headers on the answers of a service and answers preflight requests, as far as origins are configured (Fetch
 * standard, section 3.2).
 */
public final class CorsService implements HttpService {
    private final Cors cors;
    private final HttpService service;

    public CorsService(Cors cors, HttpService service) {
        this.cors = cors;
        this.service = service;
    }

    @Override
    public void handle(HttpExchange exchange) {
        if (!cors.configured()) {
            service.handle(exchange);
        } else if (exchange.head().method().equals("OPTIONS")) {
            exchange.respond(new HttpResponse(204, preflightHeaders(exchange.head()), new byte[0]));
        } else {
            service.handle(new HeadedExchange(
                    exchange, answerHeaders(cors, exchange.head()), HeadedExchange.Answers.RESPONSES));
        }
    }

    /** What the answer to a request has for the browser; nothing as long as no origins are configured. */
    public static Headers headers(Cors cors, HttpRequest request) {
        return cors.configured() ? answerHeaders(cors, request) : Headers.of();
    }

    private static Headers answerHeaders(Cors cors, HttpRequest request) {
        List<String> headers = new ArrayList<>();
        addOrigin(cors, headers, request.headers().first("origin"));
        if (!cors.exposedHeaders().isEmpty()) {
            headers.addAll(List.of("access-control-expose-headers", String.join(",", cors.exposedHeaders())));
        }
        return Headers.of(headers.toArray(String[]::new));
    }

    private Headers preflightHeaders(HttpRequest request) {
        List<String> headers = new ArrayList<>();
        addOrigin(cors, headers, request.headers().first("origin"));
        headers.addAll(List.of("access-control-allow-methods", String.join(",", cors.methods())));
        String asked = request.headers().first("access-control-request-headers");
        if (!cors.allowedHeaders().isEmpty()) {
            headers.addAll(List.of("access-control-allow-headers", String.join(",", cors.allowedHeaders())));
        } else {
            headers.addAll(List.of("vary", "Access-Control-Request-Headers"));
            if (asked != null) {
                headers.addAll(List.of("access-control-allow-headers", asked));
            }
        }
        cors.maxAge().ifPresent(age -> headers.addAll(List.of("access-control-max-age", "" + age.toSeconds())));
        return Headers.of(headers.toArray(String[]::new));
    }

    private static void addOrigin(Cors cors, List<String> headers, @Nullable String origin) {
        if (cors.anyOrigin()) {
            headers.addAll(List.of("access-control-allow-origin", "*"));
            return;
        }
        if (origin != null && cors.allows(origin)) {
            headers.addAll(List.of("access-control-allow-origin", origin));
        }
        headers.addAll(List.of("vary", "Origin"));
        if (cors.credentials()) {
            headers.addAll(List.of("access-control-allow-credentials", "true"));
        }
    }
}
