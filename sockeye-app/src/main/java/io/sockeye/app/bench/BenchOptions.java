// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.Credentials;
import io.sockeye.app.bench.client.Target;
import io.sockeye.app.bench.client.TransportKind;
import io.sockeye.app.bench.wire.JsonPackets;
import io.sockeye.app.bench.wire.MessagePackPackets;
import io.sockeye.app.bench.wire.PacketFormat;
import io.sockeye.app.bench.wire.RawPackets;
import io.sockeye.app.bench.wire.Stamp;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what a test does. */
final class BenchOptions {
    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

    enum FormatName {
        json,
        msgpack
    }

    @Parameters(index = "0", paramLabel = "MODE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Mode mode = Mode.ECHO;

    @Option(names = "--url", defaultValue = "http://127.0.0.1:3000", description = "The server." + DEFAULT)
    private URI url = URI.create("http://127.0.0.1:3000");

    @Option(names = "--path", defaultValue = "/socket.io/", description = "The path of Socket.IO." + DEFAULT)
    private String path = "";

    @Option(names = "--namespace", defaultValue = "/", description = "The namespace to join." + DEFAULT)
    private String namespace = "";

    @Option(names = "--connections", defaultValue = "200", description = "How many clients." + DEFAULT)
    private int connections;

    @Option(
            names = "--transport",
            defaultValue = "websocket",
            description = "One of ${COMPLETION-CANDIDATES}." + DEFAULT)
    private TransportKind transport = TransportKind.WEBSOCKET;

    @Option(names = "--format", defaultValue = "json", description = "One of ${COMPLETION-CANDIDATES}." + DEFAULT)
    private FormatName format = FormatName.json;

    @Option(
            names = "--raw-path",
            paramLabel = "PATH",
            description = "Mode echo only: speak plain WebSocket to this path, which sends back what it gets.")
    private @Nullable String rawPath;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "Length of the string in each message, at least 16." + DEFAULT)
    private int payload;

    @Option(
            names = "--rooms-of",
            paramLabel = "N",
            defaultValue = "20",
            description = "Mode rooms: members of a room." + DEFAULT)
    private int roomsOf;

    @Option(
            names = "--burst",
            paramLabel = "N",
            defaultValue = "4",
            description = "Mode bursts: messages that are published at once." + DEFAULT)
    private int burst;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Open loop: so many operations a second at scheduled times (echo: requests; bursts: bursts; "
                    + "storm: connects; else publishes), and latency counted from then. Without it, a closed loop.")
    private @Nullable Double rate;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "1",
            description = "Closed loop: operations under way (echo: for each connection; else in total)." + DEFAULT)
    private int inFlight;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "50",
            description = "Mode storm, closed loop: connects under way." + DEFAULT)
    private int concurrency;

    @Option(
            names = "--stalled",
            paramLabel = "SHARE",
            defaultValue = "10%",
            converter = ShareConverter.class,
            description = "Mode slow: clients that stop reading." + DEFAULT)
    private double stalled;

    @Option(
            names = "--warmup",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "Time before the measured phase." + DEFAULT)
    private Duration warmup = Duration.ZERO;

    @Option(
            names = "--duration",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "Length of the measured phase." + DEFAULT)
    private Duration duration = Duration.ZERO;

    @Option(names = "--threads", defaultValue = "1", description = "Event loops of the tester." + DEFAULT)
    private int threads;

    @Option(
            names = "--connect-rate",
            defaultValue = "2000",
            description = "Connects a second before the traffic." + DEFAULT)
    private int connectRate;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "The server's process on this machine: its CPU and memory are read from /proc.")
    private @Nullable Long serverPid;

    /**
     * What is to be done.
     *
     * @throws BenchFailed if the options do not go together
     */
    BenchSettings settings(Credentials credentials) {
        require(payload >= Stamp.LENGTH, "--payload is at least 16: a message begins with the time it was due.");
        require(connections > 0 && threads > 0 && connectRate > 0, "Counts are at least 1.");
        require(inFlight > 0 && inFlight <= 0xffff, "--in-flight is from 1 to 65535.");
        require(roomsOf > 0 && burst > 0 && concurrency > 0, "Counts are at least 1.");
        require(rate == null || rate > 0, "--rate is more than 0.");
        require(rawPath == null || mode == Mode.ECHO, "--raw-path goes with mode echo only.");
        require(rawPath == null || transport == TransportKind.WEBSOCKET, "--raw-path goes with WebSocket only.");
        return new BenchSettings(
                mode,
                url.toString(),
                target(),
                rawPath == null ? format.name() : "raw",
                credentials,
                new BenchSettings.Load(connections, payload, roomsOf, burst, stalled),
                new BenchSettings.Pace(
                        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                        inFlight,
                        concurrency,
                        connectRate,
                        warmup,
                        duration),
                threads,
                serverPid == null ? OptionalLong.empty() : OptionalLong.of(serverPid));
    }

    private Target target() {
        String host = url.getHost();
        require("http".equals(url.getScheme()) && host != null, "--url is http://host:port, not " + url);
        int port = url.getPort() < 0 ? 80 : url.getPort();
        return new Target(host, port, rawPath == null ? path : rawPath, rawPath != null, transport, packets());
    }

    private PacketFormat packets() {
        if (rawPath != null) {
            return new RawPackets();
        }
        String name = namespace.startsWith("/") ? namespace : "/" + namespace;
        return format == FormatName.json ? new JsonPackets(name) : new MessagePackPackets(name);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new BenchFailed(message);
        }
    }
}
