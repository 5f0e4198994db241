// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHeadTest {
    @Test
    void aMalformedQueryIsRefusedBehindAHash() {
        assertRefused("/?a=1#&b=%zz");
        assertRefused("/#?b=%zz");
    }

    @Test
    void aMalformedQueryIsRefusedBehindManyParameters() {
        assertRefused("/?" + "a&".repeat(99) + "b=%zz");
    }

    @Test
    void aQueryIsDecoded() {
        assertThat(read("/x?a=%20&b+c=d&a").request().query())
                .isEqualTo(Map.of("a", List.of(" ", ""), "b c", List.of("d")));
    }

    private static void assertRefused(String target) {
        assertThatThrownBy(() -> read(target)).isInstanceOf(RefusedRequest.class);
    }

    private static RequestHead read(String target) {
        DefaultHttpRequest message = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        message.headers().set("Host", "localhost");
        return RequestHead.of(message, "127.0.0.1", null, HttpListenerSettings.defaults());
    }
}
