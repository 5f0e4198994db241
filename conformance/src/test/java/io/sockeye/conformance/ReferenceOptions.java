// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Cors;
import io.sockeye.api.HttpCompression;
import io.sockeye.api.SessionCookie;
import io.sockeye.api.SessionCookie.SameSite;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** The options of the reference, translated to ours. */
final class ReferenceOptions {
    private static final Map<String, BiConsumer<SockeyeBuilder, JsonNode>> OPTIONS = Map.ofEntries(
            Map.entry("addTrailingSlash", (builder, value) -> builder.addTrailingSlash(value.asBoolean())),
            Map.entry("allowEIO3", (builder, value) -> builder.allowEIO3(value.asBoolean())),
            Map.entry("allowUpgrades", (builder, value) -> builder.allowUpgrades(value.asBoolean())),
            Map.entry("connectTimeout", (builder, value) -> builder.connectTimeout(millis(value))),
            Map.entry("connectionStateRecovery", ReferenceOptions::recovery),
            Map.entry("cookie", ReferenceOptions::cookie),
            Map.entry("cors", ReferenceOptions::cors),
            Map.entry("httpCompression", ReferenceOptions::compression),
            Map.entry("initialPacket", (builder, value) -> builder.initialPacket(value.asString())),
            Map.entry("maxHttpBufferSize", (builder, value) -> builder.maxHttpBufferSize(value.asInt())),
            Map.entry("path", (builder, value) -> builder.path(value.asString())),
            Map.entry("pingInterval", (builder, value) -> builder.pingInterval(millis(value))),
            Map.entry("pingTimeout", (builder, value) -> builder.pingTimeout(millis(value))),
            Map.entry("serveClient", (builder, value) -> builder.serveClient(value.asBoolean())),
            Map.entry("transports", (builder, value) -> builder.transports(texts(value))),
            Map.entry("upgradeTimeout", (builder, value) -> builder.upgradeTimeout(millis(value))));

    private ReferenceOptions() {}

    /** A builder with these options, on a free port. */
    static SockeyeBuilder builder(JsonNode options) {
        SockeyeBuilder builder = Sockeye.builder().port(0);
        options.properties().forEach(option -> {
            BiConsumer<SockeyeBuilder, JsonNode> setter = OPTIONS.get(option.getKey());
            if (setter == null) {
                throw new IllegalArgumentException("There is no translation of the option " + option.getKey());
            }
            setter.accept(builder, option.getValue());
        });
        return builder;
    }

    private static void recovery(SockeyeBuilder builder, JsonNode value) {
        builder.connectionStateRecovery(ConnectionStateRecovery.builder()
                .maxDisconnectionDuration(millis(value.get("maxDisconnectionDuration")))
                .build());
    }

    private static void cookie(SockeyeBuilder builder, JsonNode value) {
        SessionCookie cookie =
                SessionCookie.of(value.isBoolean() ? "io" : value.get("name").asString());
        for (Map.Entry<String, JsonNode> attribute : value.properties()) {
            JsonNode wanted = attribute.getValue();
            cookie = switch (attribute.getKey()) {
                case "name" -> cookie;
                case "domain" -> cookie.domain(wanted.asString());
                case "httpOnly" -> cookie.httpOnly(wanted.asBoolean());
                case "maxAge" -> cookie.maxAge(Duration.ofSeconds(wanted.asLong()));
                case "path" -> cookie.path(wanted.asString());
                case "sameSite" ->
                    cookie.sameSite(SameSite.valueOf(wanted.asString().toUpperCase(Locale.ROOT)));
                case "secure" -> cookie.secure(wanted.asBoolean());
                default ->
                    throw new IllegalArgumentException("There is no translation of cookie." + attribute.getKey());
            };
        }
        builder.cookie(cookie);
    }

    private static void cors(SockeyeBuilder builder, JsonNode value) {
        Cors.Builder cors = Cors.origins(texts(value.get("origin")));
        value.properties().forEach(field -> {
            JsonNode wanted = field.getValue();
            switch (field.getKey()) {
                case "origin" -> {}
                case "credentials" -> cors.credentials(wanted.asBoolean());
                case "methods" -> cors.methods(texts(wanted));
                case "allowedHeaders" -> cors.allowedHeaders(texts(wanted));
                case "exposedHeaders" -> cors.exposedHeaders(texts(wanted));
                case "maxAge" -> cors.maxAge(Duration.ofSeconds(wanted.asLong()));
                default -> throw new IllegalArgumentException("There is no translation of cors." + field.getKey());
            }
        });
        builder.cors(cors.build());
    }

    private static void compression(SockeyeBuilder builder, JsonNode value) {
        if (value.isBoolean()) {
            builder.httpCompression(value.asBoolean() ? HttpCompression.on() : HttpCompression.off());
        } else {
            builder.httpCompression(HttpCompression.builder()
                    .threshold(value.get("threshold").asInt())
                    .build());
        }
    }

    private static Duration millis(JsonNode value) {
        return Duration.ofMillis(value.asLong());
    }

    private static String[] texts(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).toArray(String[]::new)
                : List.of(value.asString()).toArray(String[]::new);
    }
}
