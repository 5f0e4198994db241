// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import io.sockeye.event.EventNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One packet of the JSON format, read up to its attachments.
 *
 * <p>The text is a type digit; for the binary types the number of attachments and a dash; a namespace up to the first
 * comma, if the next character is a slash; the digits of an acknowledgement id; and JSON. The payload is checked as a
 * whole but stays bytes. Where the reference implementation takes whatever JavaScript takes for a number, only digits
 * are taken here.
 */
final class PacketReader {
    private static final byte CONNECT = '0';
    private static final byte DISCONNECT = '1';
    private static final byte EVENT = '2';
    private static final byte ACK = '3';
    private static final byte CONNECT_ERROR = '4';
    private static final byte BINARY_EVENT = '5';
    private static final byte BINARY_ACK = '6';
    private static final long GREATEST_ACK_ID = (1L << 53) - 1;
    private static final int[] NO_SPANS = {};

    private final byte[] array;
    private final int end;
    private final ProtocolLimits limits;
    private int position;

    private final byte type;
    private final int attachments;
    private final String namespace;
    private final long ackId;
    private final @Nullable Placeholders placeholders;
    private final int[] spans;
    private final String eventName;

    /** @throws ProtocolException if the text is no packet */
    PacketReader(byte[] array, int offset, int length, ProtocolLimits limits) {
        this.array = array;
        this.position = offset;
        this.end = offset + length;
        this.limits = limits;
        this.type = readType();
        this.attachments = isBinary() ? readAttachmentCount() : 0;
        this.namespace = readNamespace();
        this.ackId = readAckId();
        this.placeholders = attachments > 0 ? new Placeholders(attachments) : null;
        this.spans = position == end ? NO_SPANS : readPayload();
        this.eventName = type == EVENT || type == BINARY_EVENT ? readEventName() : "";
    }

    /** The number of attachments that follow the text. */
    int attachments() {
        return attachments;
    }

    /** The packet, made whole by its attachments. */
    Packet packet(List<byte[]> received, JsonMapper mapper) {
        return switch (type) {
            case CONNECT -> new Packet.Connect(namespace, payload(mapper));
            case DISCONNECT -> new Packet.Disconnect(namespace);
            case CONNECT_ERROR -> new Packet.ConnectError(namespace, payload(mapper));
            case ACK, BINARY_ACK -> new Packet.Ack(namespace, ackId, arguments(0, received, mapper));
            default -> new Packet.Event(namespace, ackId, eventName, arguments(1, received, mapper));
        };
    }

    private @Nullable Args payload(JsonMapper mapper) {
        return spans.length == 0 ? null : arguments(0, List.of(), mapper);
    }

    private Args arguments(int first, List<byte[]> received, JsonMapper mapper) {
        return new JsonArgs(array, spans, first, placeholders, received, mapper);
    }

    private boolean isBinary() {
        return type == BINARY_EVENT || type == BINARY_ACK;
    }

    private byte readType() {
        if (position == end || array[position] < CONNECT || array[position] > BINARY_ACK) {
            throw new ProtocolException(ProtocolError.UNKNOWN_PACKET_TYPE);
        }
        return array[position++];
    }

    private int readAttachmentCount() {
        long count = readDigits(ProtocolError.TOO_MANY_ATTACHMENTS);
        if (count < 1 || position == end || array[position] != '-') {
            throw new ProtocolException(ProtocolError.INVALID_ATTACHMENT_COUNT);
        }
        position++;
        if (count > limits.maxAttachments()) {
            throw new ProtocolException(ProtocolError.TOO_MANY_ATTACHMENTS);
        }
        return (int) count;
    }

    private String readNamespace() {
        if (position == end || array[position] != '/') {
            return "/";
        }
        int start = position;
        while (position < end && array[position] != ',') {
            position++;
        }
        int length = position - start;
        if (position < end) {
            position++;
        }
        if (length > limits.maxNamespaceLength()) {
            throw new ProtocolException(ProtocolError.NAMESPACE_TOO_LONG);
        }
        return new String(array, start, length, StandardCharsets.UTF_8);
    }

    private long readAckId() {
        long id = readDigits(ProtocolError.INVALID_ACK_ID);
        return id < 0 ? Packet.NO_ACK_ID : id;
    }

    /** Reads a number; -1 if there is no digit. */
    private long readDigits(ProtocolError tooLarge) {
        if (position == end || !Ascii.isDigit(array[position])) {
            return -1;
        }
        long number = 0;
        while (position < end && Ascii.isDigit(array[position])) {
            number = 10 * number + (array[position++] - '0');
            if (number > GREATEST_ACK_ID) {
                throw new ProtocolException(tooLarge);
            }
        }
        return number;
    }

    private int[] readPayload() {
        byte first = array[position];
        JsonScanner scanner = new JsonScanner(array, position, end, limits, placeholders);
        switch (type) {
            case CONNECT -> requireShape(first == '{');
            case DISCONNECT -> requireShape(false);
            case CONNECT_ERROR -> requireShape(first == '{' || first == '"');
            default -> {
                requireShape(first == '[');
                return scanner.scanElements();
            }
        }
        scanner.scanText();
        return new int[] {position, end};
    }

    private String readEventName() {
        if (position == end) {
            return "";
        }
        requireShape(spans.length > 0);
        int start = spans[0];
        int after = spans[1];
        boolean text = array[start] == '"';
        requireShape(text || array[start] == '-' || Ascii.isDigit(array[start]));
        if (text) {
            start++;
            after--;
        }
        if (after - start > limits.maxEventNameLength()) {
            throw new ProtocolException(ProtocolError.EVENT_NAME_TOO_LONG);
        }
        String name = JsonText.unescape(array, start, after);
        if (EventNames.isReserved(name)) {
            throw new ProtocolException(ProtocolError.RESERVED_EVENT_NAME);
        }
        return name;
    }

    private static void requireShape(boolean right) {
        if (!right) {
            throw new ProtocolException(ProtocolError.INVALID_PAYLOAD);
        }
    }
}
