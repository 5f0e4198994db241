// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.ConnectionErrorHandler;
import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Cors;
import io.sockeye.api.FlightRecorder;
import io.sockeye.api.HttpCompression;
import io.sockeye.api.NetworkIo;
import io.sockeye.api.PayloadLimits;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.api.RateLimits;
import io.sockeye.api.RequestCheck;
import io.sockeye.api.RequestLimits;
import io.sockeye.api.RequestMiddleware;
import io.sockeye.api.ResponseHeaders;
import io.sockeye.api.SessionCookie;
import io.sockeye.api.SessionIds;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.api.TrustedProxies;
import io.sockeye.api.UserKey;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.WireFormat;
import io.sockeye.spi.AdapterFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Collects the options of a server. Not thread-safe; {@link #build} copies them, so later changes have no effect on it. */
public final class SockeyeBuilder extends ServerOptions {
    SockeyeBuilder() {}

    /** The address to listen on. Default: all addresses, IPv4 and IPv6. */
    public SockeyeBuilder host(String value) {
        host = value;
        return this;
    }

    /** The port to listen on; 0 for a free one. Default: 3000. */
    public SockeyeBuilder port(int value) {
        requireWithin("port", value, 0, 65_535);
        port = value;
        return this;
    }

    /** Where Socket.IO is served; a slash is added at the end. Default: {@code /socket.io/}. */
    public SockeyeBuilder path(String value) {
        if (!value.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a slash, such as /socket.io/, got " + value);
        }
        path = value.endsWith("/") ? value : value + "/";
        return this;
    }

    /**
     * Whether the path ends with a slash. Default: true: requests for the path, with or without the slash, and for all below are
     * Socket.IO's. If not, so are all whose path begins with it, such as {@code /socket.io2}.
     */
    public SockeyeBuilder addTrailingSlash(boolean value) {
        addTrailingSlash = value;
        return this;
    }

    /** Time from a client's pong to the next ping. Default: 25 s. Longer: fewer packets, later notice of dead clients. */
    public SockeyeBuilder pingInterval(Duration value) {
        pingInterval = positive("pingInterval", value);
        return this;
    }

    /** Time a client has to answer a ping before it counts as gone. Default: 20 s. */
    public SockeyeBuilder pingTimeout(Duration value) {
        pingTimeout = positive("pingTimeout", value);
        return this;
    }

    /** Time a client has to complete an upgrade to WebSocket; it goes on polling otherwise. Default: 10 s. */
    public SockeyeBuilder upgradeTimeout(Duration value) {
        upgradeTimeout = positive("upgradeTimeout", value);
        return this;
    }

    /** Time a connection has to join its first namespace before it is closed. Default: 45 s. */
    public SockeyeBuilder connectTimeout(Duration value) {
        connectTimeout = positive("connectTimeout", value);
        return this;
    }

    /**
     * Time an asynchronous handler has to answer a request. Default: 30 s. A later one is logged, and the client is told that
     * the request failed.
     */
    public SockeyeBuilder answerTimeout(Duration value) {
        answerTimeout = positive("answerTimeout", value);
        return this;
    }

    /** How long {@link Sockeye#close} waits for what is under way. Default: 5 s. */
    public SockeyeBuilder shutdownTimeout(Duration value) {
        shutdownTimeout = positive("shutdownTimeout", value);
        return this;
    }

    /**
     * The largest message or polling request, in bytes. Default: 1,000,000. A larger request is answered 413, a larger WebSocket
     * message closes its connection with 1009.
     */
    public SockeyeBuilder maxHttpBufferSize(int value) {
        requireWithin("maxHttpBufferSize", value, 1, Integer.MAX_VALUE / 2);
        maxHttpBufferSize = value;
        return this;
    }

    /** Binary attachments that one packet may have. Default: 10. A packet with more closes its connection. */
    public SockeyeBuilder maxAttachments(int value) {
        requireWithin("maxAttachments", value, 0, 100_000);
        maxAttachments = value;
        return this;
    }

    /** The bounds on what one received packet may hold. Default: {@link PayloadLimits#defaults}. */
    public SockeyeBuilder payloadLimits(PayloadLimits value) {
        payloadLimits = value;
        return this;
    }

    /** The transports served, of {@code polling} and {@code websocket}. Default: both. */
    public SockeyeBuilder transports(String... values) {
        Set<String> wanted = Set.of(values);
        if (wanted.isEmpty() || !Set.of("polling", "websocket").containsAll(wanted)) {
            throw new IllegalArgumentException("transports are polling and websocket, got " + wanted);
        }
        transports = wanted;
        return this;
    }

    /** Whether polling clients are told that they may upgrade to WebSocket. Default: true. */
    public SockeyeBuilder allowUpgrades(boolean value) {
        allowUpgrades = value;
        return this;
    }

    /**
     * Whether clients of Socket.IO 2, which speak Engine.IO 3, are served as well. Default: false. Without it they are told that
     * their version is not supported.
     */
    public SockeyeBuilder allowEIO3(boolean value) {
        allowEIO3 = value;
        return this;
    }

    /**
     * A cookie with the session id, set by the answer that opens a session, for load balancers. Default: none. Who knows the id
     * can act for the client: leave the cookie hidden from scripts, and do not share it with hosts that you do not trust.
     */
    public SockeyeBuilder cookie(SessionCookie value) {
        hooks.cookie(value);
        return this;
    }

    /**
     * A text message that each client gets behind the packet that opens its session. Default: none. Clients of Socket.IO take it
     * for one of its packets.
     */
    public SockeyeBuilder initialPacket(String text) {
        hooks.initialPacket(EncodedPacket.text(("4" + text).getBytes(StandardCharsets.UTF_8), List.of()));
        return this;
    }

    /** The same with a binary message, which is copied. */
    public SockeyeBuilder initialPacket(byte[] data) {
        hooks.initialPacket(EncodedPacket.binary(data.clone()));
        return this;
    }

    /** Decides who may open a session. Default: everybody whose origin is allowed. A second check replaces the first. */
    public SockeyeBuilder allowRequest(RequestCheck check) {
        hooks.check(check);
        return this;
    }

    /**
     * Adds middleware for all HTTP requests of the Socket.IO path, in order. Default: none. With any, each poll, post and
     * handshake takes a hop to a handler thread.
     */
    public SockeyeBuilder requestMiddleware(RequestMiddleware middleware) {
        hooks.middleware(middleware);
        return this;
    }

    /** Adds header fields to the answer that opens a session, the 101 of a WebSocket included. Default: none. */
    public SockeyeBuilder onInitialHeaders(ResponseHeaders headers) {
        hooks.initialHeaders(headers);
        return this;
    }

    /** Adds header fields to every answer to a client that is no error, the 101 of a WebSocket included. Default: none. */
    public SockeyeBuilder onHeaders(ResponseHeaders headers) {
        hooks.headers(headers);
        return this;
    }

    /** Makes the ids of sessions. Default: 144 random bits each. A second maker replaces the first. */
    public SockeyeBuilder sessionIds(SessionIds ids) {
        hooks.sessionIds(ids);
        return this;
    }

    /** Is told of refused requests. Default: nobody; they are logged. A second handler replaces the first. */
    public SockeyeBuilder onConnectionError(ConnectionErrorHandler handler) {
        hooks.errors(handler);
        return this;
    }

    /** Keeps the last frames of each Socket.IO connection, to show them when it ends over a fault. Default: none are kept. */
    public SockeyeBuilder flightRecorder(FlightRecorder value) {
        hooks.recorder(value);
        return this;
    }

    /** Which pages of other origins may connect. Default: none. */
    public SockeyeBuilder cors(Cors value) {
        cors = value;
        return this;
    }

    /** Pages of these origins may connect, such as {@code https://chat.example}; short for {@link #cors}. */
    public SockeyeBuilder allowedOrigins(String... origins) {
        return cors(Cors.origins(origins).build());
    }

    /**
     * Socket.IO sessions and plain WebSockets at one time. Default: no limit. The one too many is told
     * {@code Server at capacity, try again later}.
     */
    public SockeyeBuilder maxConnections(int value) {
        requireWithin("maxConnections", value, 1, Integer.MAX_VALUE);
        edge.maxConnections = value;
        return this;
    }

    /** The same for each client address, or network of 64 bits for IPv6. Default: no limit. */
    public SockeyeBuilder maxConnectionsPerAddress(int value) {
        requireWithin("maxConnectionsPerAddress", value, 1, Integer.MAX_VALUE);
        edge.maxPerAddress = value;
        return this;
    }

    /** Socket.IO connections of one user, whom the key tells apart once the connect middleware has passed. Default: no limit. */
    public SockeyeBuilder connectionsPerUser(int limit, UserKey key) {
        requireWithin("connectionsPerUser", limit, 1, Integer.MAX_VALUE);
        edge.maxPerUser = limit;
        edge.userKey = key;
        return this;
    }

    /** TCP connections that have not sent their first request. Default: 8,192. The oldest is closed for one too many. */
    public SockeyeBuilder maxPendingConnections(int value) {
        requireWithin("maxPendingConnections", value, 1, Integer.MAX_VALUE);
        edge.maxPending = value;
        return this;
    }

    /** What one HTTP request may take. Default: {@link RequestLimits#defaults}. */
    public SockeyeBuilder requestLimits(RequestLimits value) {
        edge.requests = value;
        return this;
    }

    /** The proxies whose word about their clients is taken. Default: none. Anything but networks is an {@code IllegalArgumentException}. */
    public SockeyeBuilder trustedProxies(TrustedProxies value) {
        edge.proxies(value);
        return this;
    }

    /** Proxies in these networks are trusted, such as {@code 10.0.0.0/8} or {@code ::1}; short for the other method. */
    public SockeyeBuilder trustedProxies(String... networks) {
        return trustedProxies(TrustedProxies.of(networks));
    }

    /**
     * The most that may wait for one client before {@link #slowConsumerPolicy} decides. Default: 4 MiB and 16,384 packets.
     *
     * @param bytes bytes; one packet is accepted whatever its size when nothing waits
     * @param packets packets
     */
    public SockeyeBuilder outboxLimits(long bytes, int packets) {
        requireWithin("outbox bytes", bytes, 1, Long.MAX_VALUE);
        requireWithin("outbox packets", packets, 1, Integer.MAX_VALUE);
        outboxBytes = bytes;
        outboxPackets = packets;
        return this;
    }

    /** What happens to a client that reads too slowly. Default: it is disconnected. */
    public SockeyeBuilder slowConsumerPolicy(SlowConsumerPolicy value) {
        slowConsumerPolicy = value;
        return this;
    }

    /** Events of one socket that may wait for their handler before the connection is no longer read. Default: 1,024. */
    public SockeyeBuilder mailboxCapacity(int value) {
        requireWithin("mailboxCapacity", value, 1, 1_000_000);
        mailboxCapacity = value;
        return this;
    }

    /**
     * How much and how often clients may send, in all namespaces and to plain endpoints. Default: no limits, but a connection is closed
     * that sends 1,000 payloads a minute that its handlers do not take.
     */
    public SockeyeBuilder rateLimits(RateLimits value) {
        rateLimits = value;
        return this;
    }

    /**
     * The most bytes that may wait in the whole server: packets for clients, events for handlers, what has not come as a whole, and what
     * is kept for clients that may come back. Default: a quarter of the largest heap of the JVM. Beyond it what is kept for clients that
     * are away goes first, then the connections for which most waits are closed; new sessions are refused meanwhile. Incoming messages
     * and bodies may take three quarters of it, those that hold more than 128 KiB half; beyond that they are refused and all else goes on.
     */
    public SockeyeBuilder maxWaitingBytes(long value) {
        requireWithin("maxWaitingBytes", value, 1_000_000, Long.MAX_VALUE);
        maxWaitingBytes = value;
        return this;
    }

    /** Rooms that one socket may be in. Default: 10,000. Joining one more is an {@code IllegalStateException}. */
    public SockeyeBuilder maxRoomsPerSocket(int value) {
        requireWithin("maxRoomsPerSocket", value, 1, Integer.MAX_VALUE);
        maxRoomsPerSocket = value;
        return this;
    }

    /** Characters of the name of a room that a socket joins. Default: 1,024. A longer one is an {@code IllegalArgumentException}. */
    public SockeyeBuilder maxRoomNameLength(int value) {
        requireWithin("maxRoomNameLength", value, 1, Integer.MAX_VALUE);
        maxRoomNameLength = value;
        return this;
    }

    /** Requests to one socket that may wait for its acknowledgement. Default: 10,000. One more is not sent. */
    public SockeyeBuilder maxPendingRequests(int value) {
        requireWithin("maxPendingRequests", value, 1, Integer.MAX_VALUE);
        maxPendingRequests = value;
        return this;
    }

    /** Namespaces that one connection may have joined, or wait for. Default: 100. It is refused one more with {@code Invalid namespace}. */
    public SockeyeBuilder maxNamespacesPerConnection(int value) {
        requireWithin("maxNamespacesPerConnection", value, 1, Integer.MAX_VALUE);
        maxNamespacesPerConnection = value;
        return this;
    }

    /**
     * How packets may be written; the format of a connection is told by its first message. Default: JSON and
     * MessagePack.
     *
     * @param values at least one; the first is that of clients that have not shown theirs
     */
    public SockeyeBuilder wireFormats(WireFormat... values) {
        requireWithin("the number of wireFormats", values.length, 1, 16);
        wireFormats = List.of(values);
        return this;
    }

    /** Lets clients whose connection broke come back as the sockets they were. Default: they come back as new ones. */
    public SockeyeBuilder connectionStateRecovery(ConnectionStateRecovery value) {
        connectionStateRecovery = value;
        return this;
    }

    /** What takes broadcasts to other nodes. Default: nothing, the server is alone. */
    public SockeyeBuilder adapter(AdapterFactory value) {
        adapter = value;
        return this;
    }

    /**
     * Whether messages on WebSockets are compressed, those of Socket.IO and of plain endpoints. Default: off. When on, the event
     * loop compresses and inflates, each message on its own.
     */
    public SockeyeBuilder perMessageDeflate(PerMessageDeflate value) {
        perMessageDeflate = value;
        return this;
    }

    /** Whether long-polling answers are compressed. Default: on, from 1,024 bytes. */
    public SockeyeBuilder httpCompression(HttpCompression value) {
        httpCompression = value;
        return this;
    }

    /**
     * Namespaces that {@link Sockeye#namespaces(java.util.regex.Pattern)} and its like may have made at one time. Default: 10,000.
     * A client that asks for one more is refused with {@code Invalid namespace}.
     */
    public SockeyeBuilder maxDynamicNamespaces(int value) {
        requireWithin("maxDynamicNamespaces", value, 1, Integer.MAX_VALUE);
        maxDynamicNamespaces = value;
        return this;
    }

    /**
     * Whether a namespace that was made for a client goes with the last of its clients. Default: false, it stays until the server
     * closes, unless no client was ever let in.
     */
    public SockeyeBuilder cleanupEmptyChildNamespaces(boolean value) {
        cleanupEmptyChildNamespaces = value;
        return this;
    }

    /**
     * Whether the JavaScript client is served under the Socket.IO path, as {@code socket.io.js} and in the other builds of its
     * package. Default: true.
     */
    public SockeyeBuilder serveClient(boolean value) {
        serveClient = value;
        return this;
    }

    /** Threads that do the input and output. Default: one per processor. */
    public SockeyeBuilder eventLoops(int value) {
        requireWithin("eventLoops", value, 1, 1_024);
        eventLoops = value;
        return this;
    }

    /**
     * How event loops wait for the network. Default: by epoll where there is epoll, else by what the JDK has. If what is named here is
     * not to be had, {@link #build} throws an {@code IllegalStateException} that says what is missing.
     */
    public SockeyeBuilder networkIo(NetworkIo value) {
        networkIo = value;
        return this;
    }

    /** Threads that run handlers where the JDK has no virtual threads (before 21). Default: 64. */
    public SockeyeBuilder handlerThreads(int value) {
        requireWithin("handlerThreads", value, 1, 100_000);
        handlerThreads = value;
        return this;
    }

    /** A server with these options. It does not listen before {@link Sockeye#start}. */
    public Sockeye build() {
        return new Sockeye(this);
    }

    /** What the path of a request for Socket.IO begins with. */
    String servedPath() {
        String withoutSlash = path.replaceFirst("/+$", "");
        return addTrailingSlash ? withoutSlash + "/" : withoutSlash;
    }

    /** Where the client files are. */
    String clientPath() {
        return path.replaceFirst("/+$", "") + "/";
    }

    InetSocketAddress address() {
        String wanted = host;
        return wanted == null ? new InetSocketAddress(port) : new InetSocketAddress(wanted, port);
    }

    private static Duration positive(String option, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(option + " must be at least one millisecond, got " + value);
        }
        return value;
    }

    private static void requireWithin(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " must be from " + least + " to " + most + ", got " + value);
        }
    }
}
