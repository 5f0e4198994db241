// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a client introduced itself: its first HTTP request, and what it sent to join the namespace. Any thread. */
public interface Handshake {
    /** The header fields of the first request. Decoded anew by each call. */
    Headers headers();

    /** The query of the first request, decoded. Anew by each call. */
    Map<String, List<String>> query();

    /** Path and query of the first request. */
    String url();

    /** The client's address, such as {@code 127.0.0.1}. */
    String address();

    /** Whether the connection is encrypted. */
    boolean secure();

    /** Whether the request came from another origin: it carried an {@code Origin} header. */
    boolean crossDomain();

    /** When the connection was made, to the millisecond. */
    Instant issued();

    /** The namespace that is joined, such as {@code /chat}. */
    String namespace();

    /** The whole {@code auth} object of the client; empty if it gave none. */
    Map<String, @Nullable Object> auth();

    /** A field of the {@code auth} object as text, or null where it is absent or not a string. */
    @Nullable
    String auth(String field);

    /**
     * The {@code auth} object bound to a type of yours, usually a record.
     *
     * @throws io.sockeye.event.PayloadException if it has another shape
     */
    <T> T authAs(Class<T> type);

    /** Attaches a value to the socket that is about to connect, replacing one of the same type. */
    <T> void attach(Class<T> type, T value);

    /** A value that an earlier middleware attached. */
    <T> Optional<T> find(Class<T> type);
}
