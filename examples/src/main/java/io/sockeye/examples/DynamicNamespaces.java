// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Namespace;
import java.util.Map;
import java.util.regex.Pattern;

/** Namespaces that are made when a client asks for them. */
public final class DynamicNamespaces {
    /** Stands for a database of tenants. */
    private static final Map<String, String> TENANT_BY_TOKEN =
            Map.of("acme-token", "/acme", "initech-token", "/initech");

    private DynamicNamespaces() {}

    static Sockeye start(int port) {
        // tag::options[]
        Sockeye server = Sockeye.builder()
                .port(port)
                .cleanupEmptyChildNamespaces(true)
                .maxDynamicNamespaces(1_000)
                .build();
        // end::options[]
        pattern(server);
        predicate(server);
        // tag::observe[]
        server.onNewNamespace(made -> System.out.println("made " + made.name()));
        // end::observe[]
        return server.start();
    }

    private static void pattern(Sockeye server) {
        // tag::pattern[]
        Namespace documents = server.namespaces(Pattern.compile("^/document-\\d+$"))
                .onConnect(socket -> socket.emit("opened", socket.namespace().name()))
                .on("edit", String.class, (socket, text) -> socket.broadcast().emit("edited", text));
        // end::pattern[]
        // tag::all[]
        server.namespace("/").on("maintenance", String.class, (socket, text) -> {
            documents.emit("maintenance", text); // everyone in every document
            server.namespace("/document-1").emit("first", text); // everyone in one of them
        });
        // end::all[]
    }

    private static void predicate(Sockeye server) {
        // tag::predicate[]
        // which namespaces there are
        server.namespaces((name, handshake) -> TENANT_BY_TOKEN.containsValue(name))
                // who may come in
                .use(handshake -> {
                    if (!handshake.namespace().equals(TENANT_BY_TOKEN.get(handshake.auth("token")))) {
                        throw new ConnectRefused("This is not your tenant");
                    }
                })
                .onConnect(socket ->
                        socket.emit("members", socket.namespace().sockets().size()));
        // end::predicate[]
    }

    public static void main(String[] args) {
        start(3000);
    }
}
