// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A listener on a free port of the loopback address. */
final class TestServer implements AutoCloseable {
    final NettyHttpListener listener;
    final InetSocketAddress address;

    TestServer(int loops, HttpService service) {
        this(HttpListenerSettings.defaults().withLoops(loops), service);
    }

    TestServer(HttpListenerSettings settings, HttpService service) {
        listener = new NettyHttpListener(settings);
        address = listener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), service);
    }

    static HttpListenerSettings impatient() {
        return HttpListenerSettings.defaults()
                .withLoops(1)
                .withTimeouts(Duration.ofMillis(600), Duration.ofMillis(700));
    }

    List<Loop> loops() {
        return listener.loops();
    }

    @Override
    public void close() {
        listener.close(5_000);
    }
}
