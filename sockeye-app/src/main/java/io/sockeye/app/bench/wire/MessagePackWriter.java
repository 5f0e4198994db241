// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import tools.jackson.databind.JsonNode;

/** Writes the packets that templates are made of, and tells where in them the changing bytes are. */
final class MessagePackWriter {
    private final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();

    MessagePackWriter map(int entries) {
        return write(() -> packer.packMapHeader(entries));
    }

    MessagePackWriter array(int elements) {
        return write(() -> packer.packArrayHeader(elements));
    }

    MessagePackWriter string(String value) {
        return write(() -> packer.packString(value));
    }

    MessagePackWriter entry(String key, int value) {
        return string(key).write(() -> packer.packInt(value));
    }

    /** Writes an id and answers where its two bytes are. */
    int id() {
        entry("id", PacketTemplate.FIRST_ID);
        return (int) packer.getTotalWrittenBytes() - 2;
    }

    /** Writes a payload and answers where its stamp is. */
    int payload(int bytes) {
        String value = "0".repeat(Stamp.LENGTH) + PacketFormat.filler(bytes);
        string(value);
        return (int) packer.getTotalWrittenBytes() - value.getBytes(StandardCharsets.UTF_8).length;
    }

    MessagePackWriter json(JsonNode value) {
        if (value.isObject()) {
            map(value.size());
            value.properties().forEach(entry -> string(entry.getKey()).json(entry.getValue()));
        } else if (value.isArray()) {
            array(value.size());
            value.forEach(this::json);
        } else if (value.isString()) {
            string(value.stringValue());
        } else if (value.isBoolean()) {
            write(() -> packer.packBoolean(value.booleanValue()));
        } else if (value.isIntegralNumber()) {
            BigInteger integer = value.bigIntegerValue();
            write(() -> packer.packBigInteger(integer));
        } else if (value.isNumber()) {
            write(() -> packer.packDouble(value.doubleValue()));
        } else {
            write(packer::packNil);
        }
        return this;
    }

    byte[] bytes() {
        return packer.toByteArray();
    }

    private interface Writing {
        void run() throws IOException;
    }

    private MessagePackWriter write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            // The packer writes to memory.
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
