// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Handshake;
import io.sockeye.api.Headers;
import io.sockeye.event.Args;
import io.sockeye.internal.transport.FirstRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The first request of a connection, and the auth payload of one namespace. Any thread. */
public final class HandshakeImpl implements Handshake {
    private static final AtomicReferenceFieldUpdater<HandshakeImpl, @Nullable Attributes> ATTRIBUTES =
            AtomicReferenceFieldUpdater.newUpdater(HandshakeImpl.class, Attributes.class, "attributes");
    private static final Args NO_AUTH = Args.of(Map.of());

    private final FirstRequest request;
    private final String namespace;
    private final Args auth;
    /** Null until the first value. */
    private volatile @Nullable Attributes attributes;

    /**
     * Joins what came with the first request to what came with the CONNECT packet.
     *
     * @param auth one argument, an object, or null for none
     */
    public HandshakeImpl(FirstRequest request, String namespace, @Nullable Args auth) {
        this.request = request;
        this.namespace = namespace;
        this.auth = auth == null || auth.size() == 0 ? NO_AUTH : auth;
    }

    /** Values by name, made when first asked for. */
    Map<String, Object> data() {
        SocketData data = value(SocketData.class);
        if (data == null) {
            data = attributes().putIfAbsent(SocketData.class, new SocketData(new ConcurrentHashMap<>(4)));
        }
        return data.values();
    }

    /** A copy of the values by name; empty if there never were any. */
    Map<String, Object> dataCopy() {
        SocketData data = value(SocketData.class);
        return data == null ? Map.of() : Map.copyOf(data.values());
    }

    /** Takes over what an earlier connection of the client had and this one has not. */
    void adopt(HandshakeImpl earlier, boolean attributesToo) {
        Map<String, Object> values = earlier.dataCopy();
        if (!values.isEmpty()) {
            Map<String, Object> own = data();
            values.forEach(own::putIfAbsent);
        }
        Attributes theirs = earlier.attributes;
        if (attributesToo && theirs != null) {
            attributes().adopt(theirs);
        }
    }

    /** The values by name, kept among the attributes so that a socket without any costs nothing. */
    private record SocketData(ConcurrentHashMap<String, Object> values) {}

    private Attributes attributes() {
        Attributes present = attributes;
        if (present == null) {
            ATTRIBUTES.compareAndSet(this, null, new Attributes());
            present = Objects.requireNonNull(attributes);
        }
        return present;
    }

    private <T> @Nullable T value(Class<T> type) {
        Attributes present = attributes;
        return present == null ? null : present.get(type);
    }

    @Override
    public Headers headers() {
        return request.headers();
    }

    @Override
    public Map<String, List<String>> query() {
        return request.query();
    }

    @Override
    public String url() {
        return request.target();
    }

    @Override
    public String address() {
        return request.remoteAddress();
    }

    @Override
    public boolean secure() {
        return request.secure();
    }

    @Override
    public boolean crossDomain() {
        return request.headers().first("origin") != null;
    }

    @Override
    public Instant issued() {
        return request.issued();
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public Map<String, @Nullable Object> auth() {
        return AuthMap.of(auth);
    }

    @Override
    public @Nullable String auth(String field) {
        return auth().get(field) instanceof String text ? text : null;
    }

    @Override
    public <T> T authAs(Class<T> type) {
        return auth.get(0, type);
    }

    @Override
    public <T> void attach(Class<T> type, T value) {
        attributes().put(type, value);
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(value(type));
    }
}
