// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.management.ObjectName;

/**
 * A program that serves one namespace with default options. It writes its port, and for each line it is given the classes of
 * the objects that are reachable, as the JVM writes them, and {@link #END}.
 */
final class IdleServer {
    static final String END = "end";

    private IdleServer() {}

    public static void main(String[] args) throws Exception {
        try (Sockeye server = Sockeye.builder()
                .host("127.0.0.1")
                .port(0)
                .pingInterval(Duration.ofHours(1))
                .build()) {
            server.namespace("/");
            server.start();
            ChildJvm.write(String.valueOf(server.port()));
            BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (asked.readLine() != null) {
                histogram().lines().forEach(ChildJvm::write);
                ChildJvm.write(END);
            }
        }
    }

    /** Collects garbage too. */
    private static String histogram() throws Exception {
        ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(commands, "gcClassHistogram", new Object[] {new String[0]}, new String[] {
                    String[].class.getName()
                });
    }
}
