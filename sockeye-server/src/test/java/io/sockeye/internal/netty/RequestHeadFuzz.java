// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The target of a request: once it is let in, its path and query can be read without fail. */
public final class RequestHeadFuzz {
    private RequestHeadFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String target = new String(input, StandardCharsets.ISO_8859_1);
        if (input.length == 0 || target.chars().anyMatch(c -> c <= ' ')) {
            return; // The decoder has split the request line there.
        }
        DefaultHttpRequest message = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        message.headers().set("Host", "localhost");
        RequestHead head;
        try {
            head = RequestHead.of(message, "127.0.0.1", null, HttpListenerSettings.defaults());
        } catch (RefusedRequest refusal) {
            return;
        }
        if (!head.request().path().startsWith("/")) {
            throw new AssertionError(
                    "a path begins with a slash: " + head.request().path());
        }
        head.request().query();
    }
}
