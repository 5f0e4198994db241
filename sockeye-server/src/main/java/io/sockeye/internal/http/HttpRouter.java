// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpHandler;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.StaticContent;
import io.sockeye.internal.transport.Failures;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.internal.transport.Refusals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds who answers a request: services by prefix first, then services by path, routes, the pages of the server itself and files. Filled
 * before the server starts; requests come on any loop. User code and file reads run on the executor.
 */
public final class HttpRouter implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRouter.class);
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Executor executor;
    private final IncomingBudget budget;
    private final Refusals refusals;

    /** Of the routes alone, so that those of events hide none of theirs. */
    private final Failures failures = new Failures();

    private final List<Prefixed> services = new ArrayList<>();
    private final Map<String, HttpService> exact = new HashMap<>();
    private final RouteTable routes = new RouteTable();
    private final List<Mount<StaticFiles>> files = new ArrayList<>();
    private Function<HttpRequest, Headers> fileHeaders = request -> Headers.of();
    private final Map<String, Supplier<HttpResponse>> pages = new HashMap<>();

    /**
     * @param executor runs handlers and file reads, which may block
     * @param budget what bodies may hold until their handler is done with them
     * @param refusals counts bodies for which there is no room
     */
    public HttpRouter(Executor executor, IncomingBudget budget, Refusals refusals) {
        this.executor = executor;
        this.budget = budget;
        this.refusals = refusals;
    }

    /**
     * Gives all requests whose path begins with a text to a service, whatever routes say. A slash at the end of the text may be
     * missing where nothing follows it.
     */
    public void service(String prefix, HttpService service) {
        services.add(new Prefixed(prefix, service));
    }

    /** Gives all requests for a path to a service. */
    public void exact(String path, HttpService service) {
        if (exact.putIfAbsent(path, service) != null) {
            throw new IllegalArgumentException("the path " + path + " was declared twice");
        }
    }

    /**
     * Answers requests with a handler.
     *
     * @param method in capitals; a handler for GET answers HEAD too
     * @param path an exact path, or one that ends with {@code /*} for all paths below
     * @throws IllegalArgumentException if the path is not one, or if the route is taken
     */
    public void route(String method, String path, HttpHandler handler) {
        routes.add(method, path, handler);
    }

    /** Answers GET for a path that no route takes, asked for on the executor. */
    public void page(String path, Supplier<HttpResponse> page) {
        pages.put(path, page);
    }

    /** Sets what is added to answers that are files. Called on the executor. */
    public void fileHeaders(Function<HttpRequest, Headers> added) {
        fileHeaders = added;
    }

    /** Serves files at a path and below, for requests that nothing else takes. */
    public void files(String path, StaticContent content) {
        files.add(new Mount<>(path, new StaticFiles(content)));
    }

    @Override
    public void handle(HttpExchange exchange) {
        HttpRequest request = exchange.head();
        String path = request.path();
        for (Prefixed service : services) {
            if (service.matches(path)) {
                service.service().handle(exchange);
                return;
            }
        }
        HttpService service = exact.get(path);
        if (service != null) {
            service.handle(exchange);
            return;
        }
        HttpHandler handler = handlerOf(request);
        if (handler == null) {
            exchange.respond(refusal(request));
        } else {
            exchange.readBody(MAX_BODY_BYTES, new Call(exchange, handler));
        }
    }

    private @Nullable HttpHandler handlerOf(HttpRequest request) {
        HttpHandler handler = routes.find(request.method(), request.path());
        if (handler != null || !READING.contains(request.method())) {
            return handler;
        }
        if (!routes.methods(request.path()).isEmpty()) {
            return null;
        }
        Supplier<HttpResponse> page = pages.get(request.path());
        if (page != null) {
            return asked -> page.get();
        }
        List<Mount<StaticFiles>> candidates =
                files.stream().filter(mount -> mount.matches(request.path())).toList();
        return candidates.isEmpty() ? null : asked -> fileOf(asked, candidates);
    }

    private HttpResponse fileOf(HttpRequest request, List<Mount<StaticFiles>> candidates) throws Exception {
        for (Mount<StaticFiles> mount : candidates) {
            HttpResponse found = mount.value().answer(request, mount.below(request.path()));
            if (found != null) {
                Headers added = fileHeaders.apply(request);
                return new HttpResponse(found.status(), found.headers().plus(added), found.body());
            }
        }
        return PlainAnswers.NOT_FOUND;
    }

    private HttpResponse refusal(HttpRequest request) {
        Set<String> methods = routes.methods(request.path());
        if (!methods.isEmpty()) {
            return PlainAnswers.wrongMethod(methods);
        }
        boolean readable =
                pages.containsKey(request.path()) || files.stream().anyMatch(mount -> mount.matches(request.path()));
        return readable && !READING.contains(request.method())
                ? PlainAnswers.wrongMethod(List.of("GET", "HEAD"))
                : PlainAnswers.NOT_FOUND;
    }

    private record Prefixed(String prefix, HttpService service) {
        boolean matches(String asked) {
            return asked.startsWith(prefix)
                    || (prefix.length() == asked.length() + 1 && prefix.endsWith("/") && prefix.startsWith(asked));
        }
    }

    /**
     * Something that answers for a path and all paths below.
     *
     * @param path with or without a slash at the end
     */
    private record Mount<T>(String path, T value) {
        boolean matches(String asked) {
            int length = path.endsWith("/") ? path.length() - 1 : path.length();
            return asked.startsWith(path.substring(0, length))
                    && (asked.length() == length || asked.charAt(length) == '/');
        }

        /** What follows the path: empty, or something that begins with a slash. */
        String below(String asked) {
            return asked.substring(path.endsWith("/") ? path.length() - 1 : path.length());
        }
    }

    /** One call of a handler: its body is read on the loop, then it runs on the executor. */
    private final class Call implements HttpExchange.BodyListener {
        private final HttpExchange exchange;
        private final HttpHandler handler;

        Call(HttpExchange exchange, HttpHandler handler) {
            this.exchange = exchange;
            this.handler = handler;
        }

        @Override
        public void onBody(byte[] body) {
            int held = body.length < IncomingBudget.LEAST_COUNTED ? 0 : body.length;
            if (held > 0 && !budget.take(held, 0)) {
                refusals.count(RefusalReason.CAPACITY);
                exchange.respondAndClose(PlainAnswers.OVERLOADED);
                return;
            }
            try {
                executor.execute(() -> run(body, held));
            } catch (RejectedExecutionException e) {
                release(held);
                LOG.debug("No thread for {}", exchange.head(), e);
                exchange.respondAndClose(PlainAnswers.OVERLOADED);
            }
        }

        private void run(byte[] body, int held) {
            try {
                exchange.respond(handler.handle(exchange.head().withBody(body)));
            } catch (Exception | Error e) {
                failures.warn(LOG, "Handling {} failed", exchange.head(), e);
                exchange.respond(PlainAnswers.FAULT);
            } finally {
                release(held);
            }
        }

        private void release(int held) {
            if (held > 0) {
                budget.release(held);
            }
        }

        @Override
        public void onTooLarge() {
            exchange.respondAndClose(PlainAnswers.TOO_LARGE);
        }

        @Override
        public void onAborted() {
            LOG.debug("The client went away before the body of {} was complete", exchange.head());
        }
    }
}
