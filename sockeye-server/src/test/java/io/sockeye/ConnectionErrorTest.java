// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.ConnectionError;
import io.sockeye.api.Cors;
import io.sockeye.api.Headers;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionErrorTest {
    @RegisterExtension
    private final RunningServer running = new RunningServer();

    private final LinkedBlockingQueue<ConnectionError> errors = new LinkedBlockingQueue<>();
    private String sid = "";

    @BeforeEach
    void start() throws Exception {
        SockeyeBuilder options = Sockeye.builder()
                .onConnectionError(error -> {
                    errors.add(error);
                    throw new IllegalStateException("logged, and nothing else");
                })
                .requestMiddleware(request -> {
                    if (request.parameter("stop") != null) {
                        throw new ConnectRefused("stopped");
                    }
                    return Headers.of();
                })
                .allowRequest(request -> {
                    if (request.parameter("deny") != null) {
                        throw new ConnectRefused(String.join("", request.query().get("deny")));
                    }
                })
                .sessionIds(request -> {
                    if (request.parameter("noId") != null) {
                        throw new IllegalStateException("no id");
                    }
                    return "id" + System.nanoTime();
                })
                .cors(Cors.sameOrigin());
        running.start(options, server -> {});
        String open = request("GET", "EIO=4&transport=polling", "").body();
        sid = open.replaceFirst("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
    }

    private RawHttpClient.Response request(String method, String query, String field) throws IOException {
        String target = "/socket.io/?" + query;
        try (RawHttpClient client = RawHttpClient.connect(address())) {
            String[] fields = field.isEmpty() ? new String[0] : new String[] {field};
            return client.request(method, target, fields).read();
        }
    }

    private String reported() throws InterruptedException {
        ConnectionError error = errors.poll(10, TimeUnit.SECONDS);
        assertThat(error).isNotNull();
        assertThat(errors).isEmpty();
        return error.code() + " " + error.message() + " " + new TreeMap<>(error.context());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | EIO=4 | '' | 0 Transport unknown {transport=}",
                "GET | EIO=4&transport=fax | '' | 0 Transport unknown {transport=fax}",
                "GET | EIO=4&transport=polling&sid=none | '' | 1 Session ID unknown {sid=none}",
                "PUT | EIO=4&transport=polling | '' | 2 Bad handshake method {method=PUT}",
                "GET | EIO=4&transport=websocket | '' | 3 Bad request {name=TRANSPORT_HANDSHAKE_ERROR}",
                "GET | EIO=4&transport=websocket&sid=SID | '' | "
                        + "3 Bad request {name=TRANSPORT_MISMATCH, previousTransport=polling, transport=websocket}",
                "GET | EIO=3&transport=polling&sid=SID | '' | "
                        + "3 Bad request {name=PROTOCOL_MISMATCH, previousProtocol=4, protocol=3}",
                "GET | EIO=4&transport=polling&stop | '' | "
                        + "3 Bad request {error=io.sockeye.api.ConnectRefused: stopped, name=MIDDLEWARE_FAILURE}",
                "GET | EIO=4&transport=polling&noId | '' | "
                        + "3 Bad request {error=java.lang.IllegalStateException: no id, name=ID_GENERATION_ERROR}",
                "GET | EIO=4&transport=polling&deny=full | '' | 4 Forbidden {message=full}",
                "GET | EIO=4&transport=polling&deny | '' | 4 Forbidden {}",
                "GET | EIO=4&transport=polling | 'Origin: http://evil' | 4 Forbidden {origin=http://evil}",
                "GET | EIO=5&transport=polling | '' | 5 Unsupported protocol version {protocol=3}"
            })
    void tellsWhyARequestWasRefused(String method, String query, String field, String expected) throws Exception {
        assertThat(request(method, query.replace("SID", sid), field).status()).isBetween(400, 403);

        assertThat(reported()).isEqualTo(expected);
    }

    @Test
    void tellsWhyAWebSocketWasRefused() throws Exception {
        try (RawWebSocketClient client =
                RawWebSocketClient.connect(address(), "/socket.io/?EIO=3&transport=websocket&sid=" + sid)) {
            assertThat(client.handshake().body()).isEqualTo("Bad request");
        }

        assertThat(reported()).isEqualTo("3 Bad request {name=PROTOCOL_MISMATCH, previousProtocol=4, protocol=3}");
    }

    @Test
    void namesTheRequest() throws Exception {
        request("GET", "EIO=4&transport=fax", "");

        ConnectionError error = errors.poll(10, TimeUnit.SECONDS);
        assertThat(error).isNotNull();
        assertThat(error.request().parameter("transport")).isEqualTo("fax");
    }
}
