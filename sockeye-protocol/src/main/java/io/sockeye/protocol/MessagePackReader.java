// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import io.sockeye.event.EventNames;
import io.sockeye.protocol.MessagePackCursor.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One packet of the MessagePack format.
 *
 * <p>The message is a map and nothing else, with the keys {@code type}, {@code nsp}, {@code data} and {@code id} in any
 * order, each at most once; others are checked and skipped. Nil and undefined are as good as no key, since clients in
 * other languages send nil. The payload is checked as a whole but stays bytes.
 */
final class MessagePackReader {
    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;

    private static final byte[] TYPE_KEY = "type".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAMESPACE_KEY = "nsp".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA_KEY = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID_KEY = "id".getBytes(StandardCharsets.US_ASCII);
    private static final long GREATEST_ACK_ID = (1L << 53) - 1;
    private static final int[] NO_SPANS = {};

    private final byte[] array;
    private final ProtocolLimits limits;
    private final MessagePackCursor cursor;
    private final MessagePackScanner scanner;
    private int keysRead;

    private int type = -1;
    private @Nullable String namespace;
    private long ackId = Packet.NO_ACK_ID;
    private Kind dataKind = Kind.UNDEFINED;
    private int[] spans = NO_SPANS;

    MessagePackReader(byte[] array, ProtocolLimits limits) {
        this.array = array;
        this.limits = limits;
        this.cursor = new MessagePackCursor(array, 0, array.length);
        this.scanner = new MessagePackScanner(cursor, limits);
    }

    /** @throws ProtocolException if the message is no packet */
    Packet packet(JsonMapper mapper) {
        readMap();
        String name = namespace;
        if (type < 0) {
            throw new ProtocolException(ProtocolError.UNKNOWN_PACKET_TYPE);
        }
        if (name == null) {
            throw new ProtocolException(ProtocolError.INVALID_NAMESPACE);
        }
        return switch (type) {
            case CONNECT -> {
                requireShape(dataKind == Kind.MAP || dataKind == Kind.UNDEFINED);
                yield new Packet.Connect(name, dataKind == Kind.MAP ? arguments(0, mapper) : null);
            }
            case DISCONNECT -> {
                requireShape(dataKind == Kind.UNDEFINED);
                yield new Packet.Disconnect(name);
            }
            case CONNECT_ERROR -> {
                requireShape(dataKind == Kind.MAP || dataKind == Kind.TEXT);
                yield new Packet.ConnectError(name, arguments(0, mapper));
            }
            case ACK -> {
                requireShape(dataKind == Kind.ARRAY);
                yield new Packet.Ack(name, ackId, arguments(0, mapper));
            }
            default -> {
                requireShape(dataKind == Kind.ARRAY);
                yield new Packet.Event(name, ackId, eventName(), arguments(1, mapper));
            }
        };
    }

    private void readMap() {
        if (cursor.next() != Kind.MAP) {
            throw new ProtocolException(ProtocolError.NOT_A_MAP);
        }
        for (int entries = cursor.length(); entries > 0; entries--) {
            scanner.scanKey();
            if (cursor.isText(TYPE_KEY)) {
                readOnce(1);
                type = readType();
            } else if (cursor.isText(NAMESPACE_KEY)) {
                readOnce(2);
                namespace = readNamespace();
            } else if (cursor.isText(ID_KEY)) {
                readOnce(4);
                ackId = readAckId();
            } else if (cursor.isText(DATA_KEY)) {
                readOnce(8);
                readData();
            } else {
                scanner.scanValue(0);
            }
        }
        if (!cursor.atEnd()) {
            throw new ProtocolException(ProtocolError.INVALID_MESSAGE_PACK);
        }
    }

    private void readOnce(int key) {
        if ((keysRead & key) != 0) {
            throw new ProtocolException(ProtocolError.DUPLICATE_KEY);
        }
        keysRead |= key;
    }

    private int readType() {
        if (cursor.next() != Kind.INTEGER || cursor.number() < CONNECT || cursor.number() > CONNECT_ERROR) {
            throw new ProtocolException(ProtocolError.UNKNOWN_PACKET_TYPE);
        }
        return (int) cursor.number();
    }

    private String readNamespace() {
        if (cursor.next() != Kind.TEXT) {
            throw new ProtocolException(ProtocolError.INVALID_NAMESPACE);
        }
        if (cursor.length() > limits.maxNamespaceLength()) {
            throw new ProtocolException(ProtocolError.NAMESPACE_TOO_LONG);
        }
        if (!cursor.isValidText()) {
            throw new ProtocolException(ProtocolError.INVALID_UTF8);
        }
        return cursor.text();
    }

    private long readAckId() {
        Kind kind = cursor.next();
        if (cursor.isNull()) {
            return Packet.NO_ACK_ID;
        }
        if (kind != Kind.INTEGER || cursor.number() < 0 || cursor.number() > GREATEST_ACK_ID) {
            throw new ProtocolException(ProtocolError.INVALID_ACK_ID);
        }
        return cursor.number();
    }

    private void readData() {
        int start = cursor.position();
        dataKind = new MessagePackCursor(array, start, array.length).next();
        if (dataKind == Kind.ARRAY) {
            cursor.next();
            spans = scanner.scanElements();
            return;
        }
        scanner.scanValue(0);
        if (dataKind == Kind.NIL) {
            dataKind = Kind.UNDEFINED;
        }
        spans = new int[] {start, cursor.position()};
    }

    private String eventName() {
        requireShape(spans.length > 0);
        MessagePackCursor first = new MessagePackCursor(array, spans[0], spans[1]);
        String name = switch (first.next()) {
            case TEXT -> first.length() > limits.maxEventNameLength() ? null : first.text();
            case INTEGER -> first.integer().toString();
            case FLOAT -> Double.toString(first.fraction());
            default -> throw new ProtocolException(ProtocolError.INVALID_PAYLOAD);
        };
        if (name == null) {
            throw new ProtocolException(ProtocolError.EVENT_NAME_TOO_LONG);
        }
        if (EventNames.isReserved(name)) {
            throw new ProtocolException(ProtocolError.RESERVED_EVENT_NAME);
        }
        return name;
    }

    private Args arguments(int first, JsonMapper mapper) {
        return new MessagePackArgs(array, spans, first, mapper);
    }

    private static void requireShape(boolean right) {
        if (!right) {
            throw new ProtocolException(ProtocolError.INVALID_PAYLOAD);
        }
    }
}
