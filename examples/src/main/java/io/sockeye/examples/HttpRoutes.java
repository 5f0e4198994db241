// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.StaticContent;
import java.nio.file.Path;

/** HTTP beside Socket.IO on one port: routes, files, and a request that becomes a broadcast. */
public final class HttpRoutes {
    private HttpRoutes() {}

    static Sockeye start(int port, Path downloads) {
        Sockeye server = Sockeye.builder().port(port).build();
        // tag::routes[]
        server.route("GET", "/hello", request -> {
            String name = request.parameter("name");
            return HttpResponse.text("Hello " + (name == null ? "you" : name));
        });
        server.route("GET", "/items/*", request -> HttpResponse.json("{\"path\":\"" + request.path() + "\"}"));
        server.route("POST", "/notify", request -> {
            if (!"secret".equals(request.headers().first("x-key"))) {
                return HttpResponse.of(401);
            }
            server.namespace("/").emit("notification", request.text());
            return HttpResponse.of(202);
        });
        // end::routes[]
        // tag::files[]
        server.files("/downloads", StaticContent.directory(downloads));
        server.files("/", StaticContent.classPath(HttpRoutes.class, "/page").fallbackToIndex());
        // end::files[]
        return server.start();
    }

    public static void main(String[] args) {
        start(3000, Path.of("downloads"));
    }
}
