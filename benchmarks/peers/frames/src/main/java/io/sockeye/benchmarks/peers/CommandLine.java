// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers;

/** What a peer is told, and what it says. */
public final class CommandLine {
    private CommandLine() {}

    /** The value of {@code --port}. */
    public static int port(String[] args) {
        if (args.length != 2 || !args[0].equals("--port")) {
            throw new IllegalArgumentException("expected: --port N");
        }
        return Integer.parseInt(args[1]);
    }

    /** Says that the server listens. */
    public static void ready(int port) {
        System.out.println("ready " + port + " " + ProcessHandle.current().pid());
    }
}
