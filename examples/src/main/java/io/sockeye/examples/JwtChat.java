// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.HttpResponse;
import io.sockeye.security.AuthEnd;
import io.sockeye.security.Jwks;
import io.sockeye.security.JwtAuth;
import io.sockeye.security.JwtClaims;
import io.sockeye.security.TokenSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Clients that sign in with JSON Web Tokens. */
public final class JwtChat {
    private JwtChat() {}

    // tag::user[]
    record User(String sub, List<String> roles) {}
    // end::user[]

    static Sockeye start(int port) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Sockeye server = Sockeye.builder().port(port).build();
        // tag::use[]
        JwtAuth auth = JwtAuth.builder().secret(secret).claims(User.class).build();
        server.namespace("/").use(auth).onConnect(socket -> {
            User user = socket.get(User.class);
            socket.emit("hello", user.sub(), user.roles());
        });
        // end::use[]
        // tag::ended[]
        server.namespace("/").onDisconnect((socket, reason) -> {
            if (socket.find(AuthEnd.class).isPresent()) {
                System.out.println(socket.id() + " was sent away: " + socket.get(AuthEnd.class));
            }
        });
        // end::ended[]
        // tag::revoke[]
        server.route("POST", "/sign-out-everywhere", request -> {
            try {
                User user = auth.verify(request).as(User.class);
                auth.revokeSubject(user.sub(), Instant.now().plus(Duration.ofHours(1)));
                return HttpResponse.of(204);
            } catch (ConnectRefused e) {
                return HttpResponse.of(401);
            }
        });
        // end::revoke[]
        feed(server, secret);
        server.route(
                "POST",
                "/login",
                request -> HttpResponse.text(
                        sign(secret, request.text(), "30".equals(request.parameter("seconds")) ? 30 : 3600)));
        return server.start();
    }

    private static void feed(Sockeye server, byte[] secret) {
        // tag::feed[]
        JwtAuth auth = JwtAuth.builder()
                .secret(secret)
                .tokenFrom(TokenSource.subprotocol("bearer."))
                .build();
        server.webSocket("/feed").subprotocols("feed").onOpen(webSocket -> {
            try {
                JwtClaims claims = auth.verify(webSocket.request());
                webSocket.send("hello " + claims.subject());
            } catch (ConnectRefused e) {
                webSocket.close(1008, e.publicMessage());
            }
        });
        // end::feed[]
    }

    /** With the keys that an identity provider publishes. */
    static JwtAuth ofAProvider() {
        // tag::jwks[]
        return JwtAuth.builder()
                .jwks(Jwks.builder("https://id.example/.well-known/jwks.json")
                        .cacheFor(Duration.ofMinutes(10))
                        .build())
                .issuer("https://id.example")
                .audience("chat")
                .build();
        // end::jwks[]
    }

    /** Stands for whoever makes the tokens. */
    private static String sign(byte[] secret, String name, int seconds) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String signed = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + encoded("{\"sub\":\"" + name + "\",\"roles\":[\"reader\"],\"iat\":" + now + ",\"exp\":"
                        + (now + seconds) + "}");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(String json) {
        return base64(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static void main(String[] args) {
        start(3000);
    }
}
