// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.ConnectionError;
import io.sockeye.api.ConnectionErrorHandler;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.RequestCheck;
import io.sockeye.api.RequestMiddleware;
import io.sockeye.api.ResponseHeaders;
import io.sockeye.api.SessionIds;
import io.sockeye.internal.transport.HeadedExchange;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.Refusals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the user's code about requests: on the executor, since it may block, and back on the loop of the request. Without such
 * code nothing leaves the loop. Any thread.
 */
final class RequestGate {
    private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);
    private static final int MAX_ID_LENGTH = 256;
    private static final int MOST_ERRORS_TO_TELL = 1_000;

    private final EngineHooks hooks;
    private final Executor executor;
    private final Refusals refusals;
    private final Runnable untold;
    private final AtomicInteger errorsToTell = new AtomicInteger();

    /**
     * @param refusals logs what clients cause
     * @param untold is run for each refused request of which the user's code is not told
     */
    RequestGate(EngineHooks hooks, Executor executor, Refusals refusals, Runnable untold) {
        this.hooks = hooks;
        this.executor = executor;
        this.refusals = refusals;
        this.untold = untold;
    }

    // Middleware

    boolean hasMiddleware() {
        return !hooks.middleware().isEmpty();
    }

    /**
     * Has the middleware see a request. On the loop of the request.
     *
     * @param passed takes the exchange, whose answer has the headers of the middleware
     */
    void pass(HttpExchange exchange, Consumer<HttpExchange> passed, BiConsumer<HttpExchange, Refusal> refused) {
        ask(exchange, refused, () -> runMiddleware(exchange, passed, refused));
    }

    private Runnable runMiddleware(
            HttpExchange exchange, Consumer<HttpExchange> passed, BiConsumer<HttpExchange, Refusal> refused) {
        HttpRequest request = exchange.head();
        Headers headers = Headers.of();
        for (RequestMiddleware middleware : hooks.middleware()) {
            try {
                headers = headers.plus(middleware.handle(request));
            } catch (Exception | Error e) {
                log("middleware", request, e);
                HttpExchange headed = headed(exchange, headers, HeadedExchange.Answers.ALL);
                return () -> refused.accept(headed, Refusal.badRequest("MIDDLEWARE_FAILURE", Map.of("error", e)));
            }
        }
        HttpExchange headed = headed(exchange, headers, HeadedExchange.Answers.ALL);
        return () -> passed.accept(headed);
    }

    // New sessions

    /** Whether the user's code decides about new sessions. */
    boolean decides() {
        return hooks.check() != null || hooks.sessionIds() != null;
    }

    /**
     * Has the user's code decide about a new session. On the loop of the request.
     *
     * @param otherwise why the session is refused even if the user's check lets it in, or null
     * @param admitted takes the id of the session, null for one that the user does not make
     */
    void decide(
            HttpExchange exchange,
            @Nullable Refusal otherwise,
            Consumer<@Nullable String> admitted,
            BiConsumer<HttpExchange, Refusal> refused) {
        ask(exchange, refused, () -> {
            Refusal refusal = check(exchange.head());
            if (refusal == null) {
                refusal = otherwise;
            }
            return refusal == null ? idFor(exchange, admitted, refused) : refusing(exchange, refusal, refused);
        });
    }

    private static Runnable refusing(
            HttpExchange exchange, Refusal refusal, BiConsumer<HttpExchange, Refusal> refused) {
        return () -> refused.accept(exchange, refusal);
    }

    private @Nullable Refusal check(HttpRequest request) {
        RequestCheck check = hooks.check();
        if (check == null) {
            return null;
        }
        try {
            check.check(request);
            return null;
        } catch (ConnectRefused e) {
            return Refusal.byCheck(e.publicMessage());
        } catch (Exception | Error e) {
            log("the check of requests", request, e);
            return Refusal.byCheck("");
        }
    }

    private Runnable idFor(
            HttpExchange exchange, Consumer<@Nullable String> admitted, BiConsumer<HttpExchange, Refusal> refused) {
        SessionIds ids = hooks.sessionIds();
        if (ids == null) {
            return () -> admitted.accept(null);
        }
        try {
            String id = requireUsable(ids.newId(exchange.head()));
            return () -> admitted.accept(id);
        } catch (Exception | Error e) {
            log("the maker of session ids", exchange.head(), e);
            return refusing(exchange, noId(e), refused);
        }
    }

    /** The refusal of a session for which there is no id. */
    static Refusal noId(Throwable cause) {
        return Refusal.badRequest("ID_GENERATION_ERROR", Map.of("error", cause));
    }

    private static String requireUsable(String id) {
        boolean usable = id.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
        if (!usable || id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("a session id must be 1 to " + MAX_ID_LENGTH
                    + " visible ASCII characters without quotes and backslashes, got " + id.length() + " others");
        }
        return id;
    }

    // Headers

    /** The exchange whose answer, if it is no error, has what the hooks add. On the loop of the request. */
    HttpExchange answered(HttpExchange exchange) {
        return hooks.headers().isEmpty() ? exchange : successful(exchange, added(hooks.headers(), exchange.head()));
    }

    /** The same for the answer that opens a session. */
    HttpExchange answeredFirst(HttpExchange exchange, String sessionId) {
        HttpRequest request = exchange.head();
        Headers cookie = hooks.cookie() == null
                ? Headers.of()
                : Headers.of("set-cookie", hooks.cookie().header(sessionId));
        Headers headers = cookie.plus(added(hooks.initialHeaders(), request)).plus(added(hooks.headers(), request));
        return successful(exchange, headers);
    }

    private Headers added(List<ResponseHeaders> hooks, HttpRequest request) {
        Headers headers = Headers.of();
        for (ResponseHeaders hook : hooks) {
            try {
                headers = headers.plus(hook.headers(request));
            } catch (RuntimeException | Error e) {
                refusals.warn(
                        LOG, "headers for the answer to {} could not be made; it leaves without them", request, e);
            }
        }
        return headers;
    }

    private static HttpExchange successful(HttpExchange exchange, Headers headers) {
        return headed(exchange, headers, HeadedExchange.Answers.SUCCESS);
    }

    private static HttpExchange headed(HttpExchange exchange, Headers headers, HeadedExchange.Answers answers) {
        return headers.isEmpty() ? exchange : new HeadedExchange(exchange, headers, answers);
    }

    // Errors

    /** Tells the user's code of a refused request. */
    void tell(HttpRequest request, Refusal refusal) {
        ConnectionErrorHandler handler = hooks.errors();
        if (handler == null) {
            return;
        }
        if (errorsToTell.incrementAndGet() > MOST_ERRORS_TO_TELL) {
            errorsToTell.decrementAndGet();
            untold.run();
            return;
        }
        ConnectionError error = new ConnectionError(
                request, refusal.error().code(), refusal.error().message(), refusal.context());
        try {
            executor.execute(() -> {
                errorsToTell.decrementAndGet();
                tell(handler, error);
            });
        } catch (RejectedExecutionException e) {
            errorsToTell.decrementAndGet();
            LOG.debug("nobody is told of a refused request: the server is closing", e);
        }
    }

    private void tell(ConnectionErrorHandler handler, ConnectionError error) {
        try {
            handler.onError(error);
        } catch (Exception | Error e) {
            refusals.warn(LOG, "the handler of connection errors failed for {}", error.request(), e);
        }
    }

    /** Asks on the executor, and does what comes of it on the loop of the request. */
    private void ask(HttpExchange exchange, BiConsumer<HttpExchange, Refusal> refused, Question question) {
        try {
            executor.execute(() -> {
                Runnable decision = question.ask();
                exchange.loop().execute(decision);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("a request is refused: the server is closing", e);
            refused.accept(exchange, Refusal.of(EngineError.SHUTTING_DOWN, Map.of()));
        }
    }

    private void log(String what, HttpRequest request, Throwable failure) {
        if (failure instanceof ConnectRefused) {
            LOG.debug("{} refused {}", what, request, failure);
        } else {
            refusals.warn(LOG, "{} failed for {}, which is refused", what, request, failure);
        }
    }

    /** Something to ask the user's code. */
    @FunctionalInterface
    private interface Question {
        /** Asks, and gives what is to be done then. Throws nothing. */
        Runnable ask();
    }
}
