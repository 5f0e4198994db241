// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packets as plain values that can be compared with those of the reference implementation. */
final class Shapes implements Packet.Visitor<Map<String, Object>> {
    static Map<String, Object> of(Packet packet) {
        return packet.accept(new Shapes());
    }

    /** The value with all finite numbers as doubles, others null, and binary data as {@code {"$binary": base64}}. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof byte[] data) {
            return Map.of("$binary", Base64.getEncoder().encodeToString(data));
        }
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? number.doubleValue() + 0.0 : null;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(key, plain(element)));
            return plain;
        }
        return value;
    }

    @Override
    public Map<String, Object> connect(Packet.Connect packet) {
        return shape(0, packet.namespace(), Packet.NO_ACK_ID, single(packet.auth()));
    }

    @Override
    public Map<String, Object> disconnect(Packet.Disconnect packet) {
        return shape(1, packet.namespace(), Packet.NO_ACK_ID, null);
    }

    @Override
    public Map<String, Object> event(Packet.Event packet) {
        List<@Nullable Object> data = new ArrayList<>();
        data.add(packet.name());
        data.addAll(packet.args().values());
        return shape(2, packet.namespace(), packet.ackId(), data);
    }

    @Override
    public Map<String, Object> ack(Packet.Ack packet) {
        return shape(3, packet.namespace(), packet.ackId(), packet.args().values());
    }

    @Override
    public Map<String, Object> connectError(Packet.ConnectError packet) {
        return shape(4, packet.namespace(), Packet.NO_ACK_ID, single(packet.reason()));
    }

    private static @Nullable Object single(@Nullable Args args) {
        return args == null ? null : args.values().get(0);
    }

    private static Map<String, Object> shape(int type, String namespace, long id, @Nullable Object data) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("type", (double) type);
        shape.put("nsp", namespace);
        if (id != Packet.NO_ACK_ID) {
            shape.put("id", (double) id);
        }
        if (data != null) {
            shape.put("data", plain(data));
        }
        return shape;
    }
}
