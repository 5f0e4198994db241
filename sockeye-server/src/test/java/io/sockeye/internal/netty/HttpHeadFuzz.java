// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import io.sockeye.api.Cors;
import io.sockeye.api.Headers;
import io.sockeye.guard.OriginGuard;
import io.sockeye.internal.transport.ContentCoding;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.internal.transport.IpAddresses;
import io.sockeye.internal.transport.Networks;
import io.sockeye.internal.transport.Peer;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a request, of a client or of a trusted proxy: once it is let in, all that is read of it can be read without fail, and is kept as it is. */
public final class HttpHeadFuzz {
    private static final Cors CORS =
            Cors.origins("https://chat.example", "http://localhost:3000").build();

    private static final HttpListenerSettings SETTINGS = HttpListenerSettings.defaults()
            .withEdge(EdgeSettings.open().withProxies(Networks.of(List.of("127.0.0.1", "10.0.0.0/8", "::1")), false));
    private static final Peer PROXY = Peer.of(InetAddress.getLoopbackAddress(), false);

    private HttpHeadFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        EmbeddedChannel channel =
                new EmbeddedChannel(new HttpRequestDecoder(RequestDecoder.config(HttpListenerSettings.defaults())));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(input));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                if (message instanceof HttpRequest request) {
                    check(request, null);
                    check(request, PROXY);
                }
                ReferenceCountUtil.release(message);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static void check(HttpRequest message, @Nullable Peer peer) {
        RequestHead head;
        try {
            head = RequestHead.of(message, "127.0.0.1", peer, SETTINGS);
        } catch (RefusedRequest refusal) {
            require(refusal.status() >= 400, "a refusal has a status of its kind");
            return;
        }
        String address = head.request().remoteAddress();
        require(
                IpAddresses.parse(address) != null || (peer != null && address.isEmpty()),
                "the client has an address, unless its proxy does not know it");
        require(peer != null || address.equals("127.0.0.1"), "who is no proxy speaks for itself only");
        Headers headers = head.request().headers();
        head.request().query();
        ContentCoding.accepted(headers);
        DeflateNegotiation.answer(headers.all("sec-websocket-extensions"));
        OriginGuard.allows(head.request(), CORS);
        OriginGuard.allowsScript(head.request(), CORS);
        if (WebSocketHandshake.isAskedFor(head)) {
            require(WebSocketHandshake.accept(head.request()).length() == 28, "a handshake can be answered");
        }
        FirstRequest kept = FirstRequest.of(head.request(), Instant.EPOCH);
        require(kept.target().equals(head.request().target()), "the target is kept as it is");
        require(kept.headers().toString().equals(headers.toString()), "the fields are kept as they are");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
