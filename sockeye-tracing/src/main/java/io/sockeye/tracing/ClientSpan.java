// SPDX-License-Identifier: Apache-2.0
package io.sockeye.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.sockeye.api.Handshake;
import io.sockeye.api.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The span that a client named when it connected, attached to its socket from the first event on.
 *
 * @param context that of the span, or one without a span
 */
record ClientSpan(Context context) {
    static ClientSpan of(Socket socket) {
        return socket.find(ClientSpan.class).orElseGet(() -> attach(socket));
    }

    private static ClientSpan attach(Socket socket) {
        ClientSpan named = new ClientSpan(W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), socket.handshake(), HandshakeFields.INSTANCE));
        socket.attach(ClientSpan.class, named);
        return named;
    }

    /** Header fields of a handshake, and the fields of its auth object behind them. */
    private static final class HandshakeFields implements TextMapGetter<Handshake> {
        static final HandshakeFields INSTANCE = new HandshakeFields();

        @Override
        public @Nullable String get(@Nullable Handshake handshake, String field) {
            if (handshake == null) {
                return null;
            }
            String header = handshake.headers().first(field);
            return header == null ? handshake.auth(field) : header;
        }
    }
}
