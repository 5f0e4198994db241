// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Cors;
import io.sockeye.api.HttpCompression;
import io.sockeye.api.NetworkIo;
import io.sockeye.api.PayloadLimits;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.api.RateLimits;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.core.CoreBounds;
import io.sockeye.internal.core.MemoryAdapter;
import io.sockeye.internal.engine.EngineHooks;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.MessagePackFormat;
import io.sockeye.protocol.WireFormat;
import io.sockeye.spi.AdapterFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a server is built from, with the defaults. Changed by its builder only. */
abstract class ServerOptions {
    @Nullable
    String host;

    int port = 3000;
    String path = "/socket.io/";
    boolean addTrailingSlash = true;
    Duration pingInterval = Duration.ofSeconds(25);
    Duration pingTimeout = Duration.ofSeconds(20);
    Duration upgradeTimeout = Duration.ofSeconds(10);
    Duration connectTimeout = Duration.ofSeconds(45);
    Duration shutdownTimeout = Duration.ofSeconds(5);
    Duration answerTimeout = Duration.ofSeconds(30);
    int maxHttpBufferSize = 1_000_000;
    int maxAttachments = 10;
    PayloadLimits payloadLimits = PayloadLimits.defaults();
    Set<String> transports = Set.of("polling", "websocket");
    boolean allowUpgrades = true;
    boolean allowEIO3;
    final EngineHooks.Builder hooks = new EngineHooks.Builder();
    Cors cors = Cors.sameOrigin();
    final Edge.Options edge = new Edge.Options();
    long outboxBytes = 4L * 1024 * 1024;
    int outboxPackets = 16_384;
    SlowConsumerPolicy slowConsumerPolicy = SlowConsumerPolicy.DISCONNECT;
    int mailboxCapacity = 1_024;
    RateLimits rateLimits = RateLimits.builder().build();
    long maxWaitingBytes = Runtime.getRuntime().maxMemory() / 4;
    int maxRoomsPerSocket = CoreBounds.DEFAULTS.rooms();
    int maxRoomNameLength = CoreBounds.DEFAULTS.roomNameLength();
    int maxPendingRequests = CoreBounds.DEFAULTS.pendingRequests();
    int maxNamespacesPerConnection = 100;
    int maxDynamicNamespaces = 10_000;
    boolean cleanupEmptyChildNamespaces;
    PerMessageDeflate perMessageDeflate = PerMessageDeflate.off();
    HttpCompression httpCompression = HttpCompression.on();
    boolean serveClient = true;
    int eventLoops = Runtime.getRuntime().availableProcessors();
    NetworkIo networkIo = NetworkIo.AUTOMATIC;
    int handlerThreads = 64;
    List<WireFormat> wireFormats = List.of(new JsonFormat(), new MessagePackFormat());
    AdapterFactory adapter = MemoryAdapter::new;

    @Nullable
    ConnectionStateRecovery connectionStateRecovery;
}
