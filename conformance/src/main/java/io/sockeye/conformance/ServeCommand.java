// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.api.NetworkIo;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves one profile in the foreground until the process is told to end. */
@Command(name = "serve", description = "Serves a conformance profile.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--profile", required = true, description = "One of: ${COMPLETION-CANDIDATES}.")
    private Profile profile = Profile.engine;

    @Option(names = "--port", description = "The port to listen on; 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--handlers",
            description =
                    "Where the handlers of the profile bench run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private HandlerPlace handlers = HandlerPlace.loop;

    @Option(
            names = "--network-io",
            description =
                    "How the profile bench uses the network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private NetworkIo networkIo = NetworkIo.AUTOMATIC;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        RunningProfile running = profile.start(port, handlers, networkIo);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            running.close();
                            ended.countDown();
                        },
                        "conformance-shutdown"));
        System.out.println(
                "ready " + running.port() + " " + ProcessHandle.current().pid());
        ended.await();
        return 0;
    }
}
