// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.HttpHandler;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.internal.transport.Refusals;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawHttpClient.Response;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRouterTest {
    private RouterServer server;

    @BeforeEach
    void start() {
        server = new RouterServer(HttpRouterTest::declare);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void declare(HttpRouter router) {
        router.service("/engine/", exchange -> exchange.respond(HttpResponse.text("engine")));
        router.exact("/socket", exchange -> exchange.respond(HttpResponse.text("socket")));
        router.route("GET", "/hello", request -> HttpResponse.text("hello " + request.parameter("name")));
        router.route("POST", "/echo", request -> HttpResponse.text(request.text()));
        router.route("PUT", "/echo", request -> HttpResponse.text("put"));
        router.route("GET", "/api/*", request -> HttpResponse.text("api " + request.path()));
        router.route("GET", "/api/rooms/*", request -> HttpResponse.text("rooms"));
        router.route("GET", "/api/rooms/lobby", request -> HttpResponse.text("lobby"));
        router.route("POST", "/api/rooms/lobby", request -> HttpResponse.text("posted"));
        router.route("GET", "/engine/hidden", request -> HttpResponse.text("never"));
        router.route("GET", "/fault", request -> {
            throw new IllegalStateException("secret");
        });
        router.page("/health", () -> HttpResponse.json("{\"status\":\"up\"}").with("cache-control", "no-store"));
    }

    private Response request(String method, String target) throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address())) {
            client.request(method, target);
            return method.equals("HEAD") ? client.readHead() : client.read();
        }
    }

    @Test
    void aRouteIsFoundByMethodAndPath() throws Exception {
        assertThat(request("GET", "/hello?name=J%C3%B6rg").body()).isEqualTo("hello Jörg");
        assertThat(request("PUT", "/echo").body()).isEqualTo("put");
    }

    @Test
    void theBodyGoesToTheHandler() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address())) {
            client.request("POST", "/echo", "Content-Length: 4").send("body");
            assertThat(client.read().body()).isEqualTo("body");
        }
    }

    @Test
    void aBodyOverOneMegabyteIsRefused() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address())) {
            client.request("POST", "/echo", "Content-Length: 1048577");
            assertThat(client.read().status()).isEqualTo(413);
        }
    }

    @Test
    void theMostPreciseRouteWins() throws Exception {
        assertThat(request("GET", "/api/x/y").body()).isEqualTo("api /api/x/y");
        assertThat(request("GET", "/api/rooms/other").body()).isEqualTo("rooms");
        assertThat(request("GET", "/api/rooms/lobby").body()).isEqualTo("lobby");
        assertThat(request("POST", "/api/rooms/lobby").body()).isEqualTo("posted");
        assertThat(request("GET", "/api").status()).isEqualTo(404);
        assertThat(request("GET", "/apiary").status()).isEqualTo(404);
    }

    @Test
    void servicesComeBeforeRoutes() throws Exception {
        assertThat(request("GET", "/engine/hidden").body()).isEqualTo("engine");
        assertThat(request("POST", "/engine/").body()).isEqualTo("engine");
        assertThat(request("GET", "/engine").body()).isEqualTo("engine");
        assertThat(request("GET", "/engines").status()).isEqualTo(404);
        assertThat(request("DELETE", "/socket").body()).isEqualTo("socket");
        assertThat(request("GET", "/socket/").status()).isEqualTo(404);
    }

    @Test
    void headIsAnsweredByGet() throws Exception {
        Response response = request("HEAD", "/hello?name=x");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-length")).isEqualTo("7");
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws Exception {
        Response response = request("DELETE", "/api/rooms/lobby");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).isEqualTo("GET, HEAD, POST");
        assertThat(request("GET", "/echo").header("allow")).isEqualTo("POST, PUT");
        assertThat(request("POST", "/health").header("allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void unknownPathsAreNotFound() throws Exception {
        Response response = request("GET", "/unknown");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.body()).isEqualTo("Not Found");
        assertThat(request("POST", "/unknown").status()).isEqualTo(404);
        assertThat(request("OPTIONS", "*").status()).isEqualTo(404);
    }

    @Test
    void healthIsJson() throws Exception {
        Response response = request("GET", "/health");
        assertThat(response.header("content-type")).isEqualTo("application/json");
        assertThat(response.body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void aFaultIsAnsweredNeutrally() throws Exception {
        Response response = request("GET", "/fault");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("Internal Server Error");
    }

    @Test
    void handlersRunOnTheExecutorAndMayBlock() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        HttpHandler blocking = request -> {
            release.await(5, TimeUnit.SECONDS);
            return HttpResponse.text(Thread.currentThread().getName());
        };
        try (RouterServer other = new RouterServer(router -> {
                    router.route("GET", "/block", blocking);
                    router.route("GET", "/free", request -> HttpResponse.text("free"));
                });
                RawHttpClient first = RawHttpClient.connect(other.address());
                RawHttpClient second = RawHttpClient.connect(other.address())) {
            first.request("GET", "/block");
            assertThat(second.request("GET", "/free").read().body()).isEqualTo("free");
            release.countDown();
            assertThat(first.read().body()).startsWith("handler-");
        }
    }

    @Test
    void withoutThreadsTheServerIsUnavailable() throws Exception {
        server.executor().shutdown();
        assertThat(request("GET", "/hello").status()).isEqualTo(503);
    }

    @Test
    void badRoutesAreRefusedWhenDeclared() {
        HttpRouter router = new HttpRouter(Runnable::run, IncomingBudget.UNLIMITED, new Refusals());
        HttpHandler handler = request -> HttpResponse.text("");
        router.route("GET", "/a", handler);
        assertThatThrownBy(() -> router.route("GET", "/a", handler)).hasMessageContaining("GET /a");
        assertThatThrownBy(() -> router.route("GET", "a", handler)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> router.route("GET", "/a/*/b", handler)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> router.route("GET", "/a*", handler)).isInstanceOf(IllegalArgumentException.class);
    }
}
