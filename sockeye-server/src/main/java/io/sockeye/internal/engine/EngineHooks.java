// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.ConnectionErrorHandler;
import io.sockeye.api.FlightRecorder;
import io.sockeye.api.RequestCheck;
import io.sockeye.api.RequestMiddleware;
import io.sockeye.api.ResponseHeaders;
import io.sockeye.api.SessionCookie;
import io.sockeye.api.SessionIds;
import io.sockeye.protocol.EncodedPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What users put between HTTP and Engine.IO.
 *
 * @param cookie set by the answer that opens a session
 * @param initialPacket sent behind the open packet of each session
 * @param check lets clients in
 * @param middleware sees each request first, in order
 * @param initialHeaders add to the answer that opens a session
 * @param headers add to each answer
 * @param sessionIds makes the ids of sessions
 * @param errors is told of refused requests
 * @param recorder keeps the last frames of sessions
 */
public record EngineHooks(
        @Nullable SessionCookie cookie,
        @Nullable EncodedPacket initialPacket,
        @Nullable RequestCheck check,
        List<RequestMiddleware> middleware,
        List<ResponseHeaders> initialHeaders,
        List<ResponseHeaders> headers,
        @Nullable SessionIds sessionIds,
        @Nullable ConnectionErrorHandler errors,
        @Nullable FlightRecorder recorder) {

    public EngineHooks {
        middleware = List.copyOf(middleware);
        initialHeaders = List.copyOf(initialHeaders);
        headers = List.copyOf(headers);
    }

    /** No hooks at all. */
    public static EngineHooks none() {
        return new Builder().build();
    }

    /** Collects hooks. Not thread-safe. */
    public static final class Builder {
        private final List<RequestMiddleware> middleware = new ArrayList<>();
        private final List<ResponseHeaders> initialHeaders = new ArrayList<>();
        private final List<ResponseHeaders> headers = new ArrayList<>();
        private @Nullable SessionCookie cookie;
        private @Nullable EncodedPacket initialPacket;
        private @Nullable RequestCheck check;
        private @Nullable SessionIds sessionIds;
        private @Nullable ConnectionErrorHandler errors;
        private @Nullable FlightRecorder recorder;

        public void cookie(SessionCookie value) {
            cookie = value;
        }

        public void initialPacket(EncodedPacket value) {
            initialPacket = value;
        }

        public void check(RequestCheck value) {
            check = value;
        }

        public void middleware(RequestMiddleware value) {
            middleware.add(value);
        }

        public void initialHeaders(ResponseHeaders value) {
            initialHeaders.add(value);
        }

        public void headers(ResponseHeaders value) {
            headers.add(value);
        }

        public void sessionIds(SessionIds value) {
            sessionIds = value;
        }

        public void errors(ConnectionErrorHandler value) {
            errors = value;
        }

        public void recorder(FlightRecorder value) {
            recorder = value;
        }

        public EngineHooks build() {
            return new EngineHooks(
                    cookie, initialPacket, check, middleware, initialHeaders, headers, sessionIds, errors, recorder);
        }
    }
}
