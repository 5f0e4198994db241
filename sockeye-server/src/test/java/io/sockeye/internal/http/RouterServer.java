// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import io.sockeye.internal.netty.HttpListenerSettings;
import io.sockeye.internal.netty.NettyHttpListener;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.internal.transport.Refusals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A router behind a real listener on a free port. */
final class RouterServer implements AutoCloseable {
    private final NettyHttpListener listener;
    private final ExecutorService executor;
    private final InetSocketAddress address;

    RouterServer(Consumer<HttpRouter> declarations) {
        AtomicInteger number = new AtomicInteger();
        executor = Executors.newFixedThreadPool(4, task -> new Thread(task, "handler-" + number.incrementAndGet()));
        HttpRouter router = new HttpRouter(executor, IncomingBudget.UNLIMITED, new Refusals());
        declarations.accept(router);
        listener = new NettyHttpListener(HttpListenerSettings.defaults().withLoops(1));
        address = listener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), router);
    }

    InetSocketAddress address() {
        return address;
    }

    ExecutorService executor() {
        return executor;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        listener.close(5_000);
    }
}
