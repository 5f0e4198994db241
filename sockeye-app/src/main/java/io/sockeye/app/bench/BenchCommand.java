// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.report.BenchResult;
import io.sockeye.app.bench.report.HtmlReport;
import io.sockeye.app.bench.report.JsonReport;
import io.sockeye.app.bench.report.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts load on a Socket.IO server and measures it. */
@Command(
        name = "bench",
        description = "Puts load on a Socket.IO 4 server, this one or another, and measures it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private AuthOptions auth = new AuthOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the result there as a page with charts.")
    private @Nullable Path html;

    @Option(names = "--quiet", description = "Say nothing while it runs, and print no table.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        watchNoLeaks();
        BenchResult result;
        Progress progress = progress();
        try {
            result = new LoadTest(options.settings(auth.credentials()), progress).run();
        } catch (BenchFailed e) {
            progress.done();
            System.err.println("sockeye bench: " + e.getMessage());
            return 1;
        }
        progress.done();
        if (json != null) {
            Files.writeString(json, JsonReport.of(result));
        }
        if (html != null) {
            Files.writeString(html, HtmlReport.of(result));
        }
        if (!quiet) {
            System.out.print(TableReport.of(result));
        }
        String warning = TableReport.warning(result);
        if (warning != null) {
            System.err.println("sockeye bench: " + warning);
        }
        return verdict(result);
    }

    /** Netty's leak detector takes a stack trace now and then: that is time that would count as the tester's own. */
    private static void watchNoLeaks() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
    }

    private Progress progress() {
        if (quiet) {
            return Progress.SILENT;
        }
        return Ansi.AUTO.enabled() ? new TerminalProgress(System.err) : System.err::println;
    }

    private static int verdict(BenchResult result) {
        String problem = null;
        if (result.disconnects() > 0) {
            problem = result.disconnects() + " sessions were lost";
        } else if (result.errors() > 0) {
            problem = result.errors() + " errors";
        } else if (result.operations() == 0 && !result.mode().equals(Mode.IDLE.toString())) {
            problem = "nothing came in the measured phase.";
        }
        if (problem == null) {
            return 0;
        }
        System.err.println("sockeye bench: " + problem);
        return 1;
    }
}
