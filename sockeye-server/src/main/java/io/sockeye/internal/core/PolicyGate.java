// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Policy;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import io.sockeye.internal.transport.Failures;
import io.sockeye.protocol.Packet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the policy of one namespace, if it has one. Handler threads; set before the start. */
/* A socket whose check has not answered is held: its mailbox stops behind the event that is asked for, without a thread that
 * waits, and goes on with the rest of that event. So events stay in order, and what comes meanwhile is bounded like all that waits.
 */
final class PolicyGate {
    static final String DENIED = "Not authorized";
    static final String FAILED = "Error checking permissions";

    private final HandlerTable handlers;
    private final Failures failures;
    private final GuardCounters counters = new GuardCounters();

    PolicyGate(HandlerTable handlers, Failures failures) {
        this.handlers = handlers;
        this.failures = failures;
    }

    void set(Policy policy) {
        handlers.setPolicy(policy);
        Policy.AsyncCheck<String> join = policy.join();
        if (join != null) {
            handlers.put(Policy.JOIN_ROOM, new RoomJoining(this, policy, join).binding());
        }
    }

    GuardCounters counters() {
        return counters;
    }

    // Connecting

    boolean checksConnect() {
        Policy policy = handlers.policy();
        return policy != null && policy.connect() != null;
    }

    /**
     * Asks whether a client may come in.
     *
     * @param outcome is told why not, or null; on this thread or the one that completes the check
     */
    void admit(HandshakeImpl handshake, Link link, Consumer<@Nullable ConnectRefused> outcome) {
        Policy policy = handlers.policy();
        Policy.AsyncConnectCheck check = policy == null ? null : policy.connect();
        if (policy == null || check == null) {
            outcome.accept(null);
            return;
        }
        String subject = "a client of " + handshake.namespace();
        CompletionStage<Boolean> answer = ask(() -> check.allows(handshake));
        Consumer<Verdict> taker = verdict -> outcome.accept(refusal(verdict));
        Verdict now = verdict(answer, subject);
        if (now != null) {
            taker.accept(now);
        } else {
            new Decision(failures, link, subject, policy.timeout().toMillis(), taker).await(answer);
        }
    }

    private @Nullable ConnectRefused refusal(Verdict verdict) {
        count(verdict);
        if (verdict.allowed()) {
            return null;
        }
        counters.deniedConnect();
        if (verdict.refusal() instanceof ConnectRefused own) {
            return own;
        }
        if (verdict.refusal() instanceof RequestFailed own) {
            return new ConnectRefused(own.publicMessage());
        }
        return new ConnectRefused(verdict.failed() ? Dispatch.NEUTRAL_REFUSAL : DENIED);
    }

    // Events

    /** Whether there is a rule that an event must pass. */
    boolean concerns(String event) {
        Policy policy = handlers.policy();
        return policy != null && (policy.events().containsKey(event) || isOther(policy, event));
    }

    private static boolean isOther(Policy policy, String event) {
        return policy.otherEvents() != null && !(policy.join() != null && event.equals(Policy.JOIN_ROOM));
    }

    /**
     * Asks for an event that a rule {@link #concerns}. In a task of the socket's mailbox.
     *
     * @param outcome is told why not, or null; at once or in a later task of the mailbox, with no event of the socket in between
     */
    void admit(SocketImpl socket, Packet.Event event, Consumer<@Nullable RuntimeException> outcome) {
        Policy policy = handlers.policy();
        if (policy == null) {
            outcome.accept(null);
            return;
        }
        decide(socket, policy, () -> ask(policy, socket, event), verdict -> {
            if (!verdict.allowed() && !(verdict.refusal() instanceof PayloadException)) {
                counters.deniedEvent();
            }
            outcome.accept(refusal(verdict, DENIED));
        });
    }

    private static @Nullable CompletionStage<Boolean> ask(Policy policy, SocketImpl socket, Packet.Event event)
            throws Exception {
        Policy.EventRule<?> rule = policy.events().get(event.name());
        if (rule != null) {
            return ask(rule, socket, event.name(), event.args());
        }
        Policy.AsyncCheck<String> others = policy.otherEvents();
        return others == null ? null : others.allows(socket, event.name());
    }

    private static <T> CompletionStage<Boolean> ask(
            Policy.EventRule<T> rule, SocketImpl socket, String event, Args args) throws Exception {
        return rule.check().allows(socket, Payloads.bind(socket, event, args, rule.payload()));
    }

    /** Why something is not allowed, in words for the client; null if it is. */
    static @Nullable RuntimeException refusal(Verdict verdict, String denied) {
        if (verdict.allowed()) {
            return null;
        }
        if (verdict.refusal() instanceof ConnectRefused own) {
            return new RequestFailed(own.publicMessage());
        }
        RuntimeException own = verdict.refusal();
        return own != null ? own : new RequestFailed(verdict.failed() ? FAILED : denied);
    }

    /**
     * Asks on behalf of a socket, and holds its events until there is an answer. In a task of the socket's mailbox.
     *
     * @param then at once, or in a later task of the mailbox with no event of the socket in between
     */
    void decide(
            SocketImpl socket,
            Policy policy,
            Callable<@Nullable CompletionStage<Boolean>> question,
            Consumer<Verdict> then) {
        CompletionStage<Boolean> answer = ask(question);
        Verdict now = verdict(answer, socket);
        if (now != null) {
            count(now);
            then.accept(now);
            return;
        }
        Mailbox mailbox = socket.heldMailbox();
        Consumer<Verdict> taker = verdict -> {
            count(verdict);
            mailbox.resume(() -> then.accept(verdict));
        };
        new Decision(failures, socket.link(), socket, policy.timeout().toMillis(), taker).await(answer);
    }

    private void count(Verdict verdict) {
        if (verdict.failed()) {
            counters.failedCheck();
        }
    }

    private static CompletionStage<Boolean> ask(Callable<@Nullable CompletionStage<Boolean>> question) {
        try {
            CompletionStage<Boolean> answer = question.call();
            return answer == null ? CompletableFuture.completedFuture(null) : answer;
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The verdict if it is there already, so that nothing has to wait. */
    private @Nullable Verdict verdict(CompletionStage<Boolean> answer, Object subject) {
        if (!(answer instanceof CompletableFuture<Boolean> future) || !future.isDone()) {
            return null;
        }
        try {
            return Verdict.of(failures, subject, future.join(), null);
        } catch (CompletionException | CancellationException e) {
            return Verdict.of(failures, subject, null, e);
        }
    }
}
