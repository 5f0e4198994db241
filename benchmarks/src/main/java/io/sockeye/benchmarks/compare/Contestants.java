// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers that are compared. */
final class Contestants {
    /** Ours, to which the others are compared. */
    static final String OURS = "sockeye";

    /** The one that shows what is left when nothing is done that need not be. */
    static final String FLOOR = "uws";

    private static final String HANDLER_THREADS = "sockeye-threads";
    private static final String IO_URING = "sockeye-io-uring";
    private static final String POOLED = "sockeye-pooled";

    private static final String CONFORMANCE = "conformance";
    private static final Set<Trait> WEBSOCKET = EnumSet.of(Trait.ECHO, Trait.FAN_OUT, Trait.CONNECTIONS);
    private static final Set<Trait> BY_HAND = EnumSet.of(Trait.ECHO, Trait.FAN_OUT, Trait.CONNECTIONS, Trait.RAW);
    private static final Set<Trait> SOCKET_IO =
            EnumSet.of(Trait.ECHO, Trait.FAN_OUT, Trait.CONNECTIONS, Trait.MESSAGE_PACK, Trait.POLLING);

    private final Installation installation;

    private Contestants(Installation installation) {
        this.installation = installation;
    }

    /** Those that are installed: the C++ server needs a compiler. */
    static List<Contestant> installed(Installation installation) {
        Contestants contestants = new Contestants(installation);
        List<Contestant> all = new ArrayList<>();
        all.addAll(contestants.ours());
        all.addAll(contestants.socketIo());
        all.addAll(contestants.byHand());
        if (Files.isExecutable(contestants.uws())) {
            all.add(contestants.floor());
        }
        return all;
    }

    /** Whether it is ours with a setting that is not the default: it takes part where it is named. */
    static boolean isVariant(Contestant contestant) {
        return contestant.name().equals(IO_URING) || contestant.name().equals(POOLED);
    }

    private List<Contestant> ours() {
        Installation pooled = installation.with("-Dio.netty.allocator.type=pooled");
        return List.of(
                ours(OURS, "Sockeye", EnumSet.allOf(Trait.class), installation, "--handlers", "loop"),
                ours(
                        HANDLER_THREADS,
                        "Sockeye, handler threads",
                        EnumSet.of(Trait.ECHO),
                        installation,
                        "--handlers",
                        "threads"),
                ours(
                        IO_URING,
                        "Sockeye, io_uring",
                        EnumSet.allOf(Trait.class),
                        installation,
                        "--network-io",
                        "IO_URING"),
                ours(POOLED, "Sockeye, pooled allocator", EnumSet.allOf(Trait.class), pooled));
    }

    private static Contestant ours(
            String name, String title, Set<Trait> traits, Installation installation, String... options) {
        List<String> command = new ArrayList<>(
                installation.javaProgram(CONFORMANCE, "sockeye-conformance", "serve", "--profile", "bench"));
        command.addAll(List.of(options));
        return new Contestant(
                name, title, "0.1.0-SNAPSHOT", traits, command, List.of(), Map.of("SOCKEYE_LOG_LEVEL", "WARN"));
    }

    private List<Contestant> socketIo() {
        String module = "benchmarks/peers/netty-socketio";
        return List.of(
                new Contestant(
                        "node-socketio",
                        "Node socket.io",
                        installation.packageVersion("benchmarks/peers/node", "socket.io"),
                        SOCKET_IO,
                        installation.nodeProgram("socketio.mjs"),
                        List.of("--format", "msgpack"),
                        Map.of()),
                java(
                        "netty-socketio",
                        "netty-socketio",
                        installation.libraryVersion(module, "netty-socketio"),
                        WEBSOCKET));
    }

    private List<Contestant> byHand() {
        return List.of(
                new Contestant(
                        "ws",
                        "Node ws",
                        installation.packageVersion("benchmarks/peers/node", "ws"),
                        BY_HAND,
                        installation.nodeProgram("ws.mjs"),
                        List.of(),
                        Map.of()),
                java("vertx", "Vert.x", installation.libraryVersion("benchmarks/peers/vertx", "vertx-core"), BY_HAND),
                java(
                        "netty",
                        "Netty",
                        installation.libraryVersion("benchmarks/peers/netty", "netty-codec-http"),
                        BY_HAND));
    }

    private Contestant java(String name, String title, String version, Set<Trait> traits) {
        List<String> command = installation.javaProgram("benchmarks/peers/" + name, "sockeye-peer-" + name);
        return new Contestant(name, title, version, traits, command, List.of(), Map.of());
    }

    private Contestant floor() {
        return new Contestant(
                FLOOR,
                "uWebSockets",
                installation.packageVersion("benchmarks/peers/uws", "uws") + " of npm",
                BY_HAND,
                List.of(uws().toString()),
                List.of(),
                Map.of());
    }

    private Path uws() {
        return installation.root().resolve("benchmarks/peers/uws/target/uws");
    }
}
