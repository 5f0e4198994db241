// SPDX-License-Identifier: Apache-2.0
package io.sockeye.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import io.sockeye.api.Socket;
import io.sockeye.spi.EventObserver;
import org.jspecify.annotations.Nullable;

/** Spans of the handlers of one event. Any thread. */
record EventSpans(Tracer tracer, String namespace, String event) implements EventObserver {
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("sockeye.namespace");
    private static final AttributeKey<String> SOCKET = AttributeKey.stringKey("sockeye.socket.id");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    /** A span that is current on the thread of its handler. */
    private record Running(Span span, @Nullable Scope scope) {}

    @Override
    public Object began(Socket socket) {
        Context parent = ClientSpan.of(socket).context();
        Span span = tracer.spanBuilder(event)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(NAMESPACE, namespace)
                .setAttribute(SOCKET, socket.id())
                .startSpan();
        return new Running(span, ContextStorage.get().attach(parent.with(span)));
    }

    @Override
    public void returned(@Nullable Object begun) {
        Scope scope = begun instanceof Running running ? running.scope() : null;
        if (scope != null) {
            scope.close();
        }
    }

    @Override
    public void ended(@Nullable Object begun, long nanos, @Nullable Throwable failure) {
        if (begun instanceof Running running) {
            if (failure != null) {
                running.span().setStatus(StatusCode.ERROR);
                running.span().setAttribute(ERROR, failure.getClass().getName());
            }
            running.span().end();
        }
    }
}
