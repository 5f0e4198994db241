// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import io.sockeye.api.HttpResponse;
import io.sockeye.api.ReadinessCheck;
import io.sockeye.internal.transport.LoopProbe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code /health/live} and {@code /health/ready} answer: 200, or 503 with reasons. Checks are added before the server starts;
 * handler threads ask.
 */
/* Anybody may ask as often as they like, so the user's checks run at most once a second, and one request at a time waits for them; the
 * others are told what was found last.
 */
public final class HealthPages {
    private static final Logger LOG = LoggerFactory.getLogger(HealthPages.class);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CHECK_SECONDS = 5;

    private final List<LoopProbe> probes;
    private final Supplier<@Nullable String> phase;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Map<String, ReadinessCheck> checks = new LinkedHashMap<>();
    private final ReentrantLock running = new ReentrantLock();

    /** Written by who holds the lock. */
    private volatile Findings found;

    /** What the checks said, and when. */
    private record Findings(long nanoTime, List<String> reasons) {}

    /**
     * Pages without checks.
     *
     * @param phase why the server takes no clients, or null if it does
     * @param executor runs checks
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public HealthPages(
            List<LoopProbe> probes, Supplier<@Nullable String> phase, Executor executor, LongSupplier nanoTime) {
        this.probes = List.copyOf(probes);
        this.phase = phase;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.found = new Findings(nanoTime.getAsLong() - 2 * FRESH_NANOS, List.of("the checks have not run yet"));
    }

    /** Adds a check of readiness. */
    public void add(String name, ReadinessCheck check) {
        if (checks.putIfAbsent(name, check) != null) {
            throw new IllegalArgumentException("the readiness check " + name + " was declared twice");
        }
    }

    /** Whether every event loop runs its tasks. */
    public HttpResponse live() {
        List<String> reasons = new ArrayList<>();
        for (LoopProbe probe : probes) {
            long lag = probe.lag();
            if (lag > STUCK_NANOS) {
                reasons.add("event loop " + probe.loop().index() + " has run no task for "
                        + TimeUnit.NANOSECONDS.toSeconds(lag) + " s");
            }
        }
        return answer(reasons);
    }

    /** Whether clients are welcome. */
    public HttpResponse ready() {
        List<String> reasons = new ArrayList<>();
        String notServing = phase.get();
        if (notServing != null) {
            reasons.add(notServing);
        }
        reasons.addAll(checked());
        return answer(reasons);
    }

    private List<String> checked() {
        if (checks.isEmpty()) {
            return List.of();
        }
        if (nanoTime.getAsLong() - found.nanoTime() >= FRESH_NANOS && running.tryLock()) {
            try {
                found = new Findings(nanoTime.getAsLong(), findings());
            } finally {
                running.unlock();
            }
        }
        return found.reasons();
    }

    /* The user's code runs on other threads, not under the lock of this one. */
    private List<String> findings() {
        Map<String, CompletableFuture<@Nullable String>> answers = new LinkedHashMap<>();
        checks.forEach((name, check) -> {
            CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
            answers.put(name, answer);
            start(check, answer);
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CHECK_SECONDS);
        List<String> reasons = new ArrayList<>();
        answers.forEach((name, answer) -> {
            String reason = reason(name, answer, deadline - System.nanoTime());
            if (reason != null) {
                reasons.add(name + ": " + reason);
            }
        });
        return List.copyOf(reasons);
    }

    private void start(ReadinessCheck check, CompletableFuture<@Nullable String> answer) {
        try {
            executor.execute(() -> run(check, answer));
        } catch (RejectedExecutionException e) {
            LOG.debug("a readiness check does not run: the server is closing", e);
            answer.complete("not asked");
        }
    }

    private static void run(ReadinessCheck check, CompletableFuture<@Nullable String> answer) {
        try {
            answer.complete(check.whyNotReady());
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    private static @Nullable String reason(String name, CompletableFuture<@Nullable String> answer, long nanos) {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.info("the readiness check {} did not answer within {} s", name, CHECK_SECONDS);
            return "no answer within " + CHECK_SECONDS + " s";
        } catch (ExecutionException e) {
            LOG.info("the readiness check {} failed", name, e.getCause());
            return "the check failed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the check was interrupted";
        }
    }

    private static HttpResponse answer(List<String> reasons) {
        StringBuilder body = new StringBuilder("{\"status\":\"");
        body.append(reasons.isEmpty() ? "up" : "down").append("\",\"reasons\":[");
        for (int i = 0; i < reasons.size(); i++) {
            body.append(i == 0 ? "" : ",").append(quoted(reasons.get(i)));
        }
        byte[] json = body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        return HttpResponse.of(reasons.isEmpty() ? 200 : 503, "application/json", json)
                .with("cache-control", "no-store");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c < ' ' || Character.isSurrogate(c) ? '?' : c);
            }
        }
        return quoted.append('"').toString();
    }
}
