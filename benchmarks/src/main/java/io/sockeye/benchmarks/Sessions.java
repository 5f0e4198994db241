// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks;

import io.sockeye.Sockeye;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jol.info.GraphLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what of the heap an idle session keeps, by class: what is reachable from the server with many, less what is with few. */
@Command(
        name = "sessions",
        description = "Prints what of the heap an idle session on a WebSocket keeps, by class.",
        mixinStandardHelpOptions = true)
final class Sessions implements Callable<Integer> {
    /** Sessions that are there before, so that what all share is. */
    private static final int FIRST = 100;

    private static final int WARM_UP = 20;

    @Option(names = "--count", defaultValue = "1000", description = "Sessions. Default: ${DEFAULT-VALUE}.")
    int count;

    /** Objects of a class and their bytes. */
    private record Kept(long objects, long bytes) {
        Kept minus(Kept other) {
            return new Kept(objects - other.objects, bytes - other.bytes);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Sockeye server = Sockeye.builder()
                .host("127.0.0.1")
                .port(0)
                .serveClient(false)
                .pingInterval(Duration.ofHours(1))
                .build()) {
            server.namespace("/");
            server.start();
            Process first = clients(server, FIRST);
            // The first looks leave traces of their own: what reflection caches is reachable too.
            for (int i = 0; i < WARM_UP; i++) {
                reachable(server);
            }
            Map<String, Kept> before = reachable(server);
            Process more = clients(server, count);
            print(before, reachable(server));
            first.destroy();
            more.destroy();
        }
        return 0;
    }

    /** Clients in another process, so that nothing of them is counted. Returns when all have joined. */
    private static Process clients(Sockeye server, int number) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SessionClients.class.getName(),
                        String.valueOf(server.port()),
                        String.valueOf(number)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new IOException("the clients could not connect");
        }
        return process;
    }

    private static Map<String, Kept> reachable(Sockeye server) {
        GraphLayout graph = GraphLayout.parseInstance(server);
        Map<String, Kept> kept = new TreeMap<>();
        for (Class<?> type : graph.getClasses()) {
            kept.put(
                    type.getTypeName(),
                    new Kept(
                            graph.getClassCounts().count(type),
                            graph.getClassSizes().count(type)));
        }
        return kept;
    }

    private void print(Map<String, Kept> before, Map<String, Kept> after) {
        long objects = 0;
        long bytes = 0;
        Map<String, Kept> growth = new TreeMap<>();
        for (Map.Entry<String, Kept> entry : after.entrySet()) {
            Kept kept = entry.getValue().minus(before.getOrDefault(entry.getKey(), new Kept(0, 0)));
            growth.put(entry.getKey(), kept);
            objects += kept.objects;
            bytes += kept.bytes;
        }
        System.out.println("| bytes | objects | class |\n|---:|---:|---|");
        row("all", new Kept(objects, bytes));
        growth.entrySet().stream()
                .filter(entry -> entry.getValue().bytes >= count)
                .sorted(Comparator.comparing(entry -> -entry.getValue().bytes))
                .forEach(entry -> row(entry.getKey(), entry.getValue()));
    }

    private void row(String name, Kept kept) {
        System.out.printf(
                Locale.ROOT,
                "| %.0f | %.2f | %s |%n",
                (double) kept.bytes / count,
                (double) kept.objects / count,
                name);
    }
}
