// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.event.Args;
import io.sockeye.internal.core.NamespaceTable;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacketType;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How clients of Socket.IO 2 join namespaces: with a query in place of a payload, and answers without a shape. Stateless. */
final class LegacyNamespace {
    private LegacyNamespace() {}

    /** The namespace that is asked for, without the query. */
    static String name(Packet.Connect packet) {
        String asked = packet.namespace();
        int query = asked.indexOf('?');
        return query < 0 ? asked : asked.substring(0, query);
    }

    /** The query of the namespace as an auth object. A name that is there more than once has a list of its values. */
    static @Nullable Args auth(Packet.Connect packet) {
        String asked = packet.namespace();
        int query = asked.indexOf('?');
        if (query < 0) {
            return null;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String part : asked.substring(query + 1).split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                values.computeIfAbsent(decoded(name), first -> new ArrayList<>(1))
                        .add(decoded(value));
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        values.forEach((name, all) -> fields.put(name, all.size() == 1 ? all.get(0) : all));
        return Args.of(fields);
    }

    /** What is no correct encoding stays as it came. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Tells that the client has joined. */
    static EncodedPacket admission(String namespace) {
        return EncodedPacket.control(EnginePacketType.MESSAGE, "0" + (namespace.equals("/") ? "" : namespace + ","));
    }

    /**
     * Tells that the client may not join: the data of the refusal, or its message. That there is no such namespace is told
     * as to newer clients, which is how the reference implementation has it.
     *
     * @throws IllegalArgumentException if the data cannot be written
     */
    static EncodedPacket refusal(JsonFormat format, String namespace, String message, @Nullable Object data) {
        Object told = message.equals(NamespaceTable.UNKNOWN) ? Map.of("message", message) : message;
        return format.legacyConnectError(namespace, data == null ? told : data);
    }
}
