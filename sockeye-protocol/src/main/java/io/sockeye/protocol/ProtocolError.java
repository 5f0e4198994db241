// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

/**
 * The ways in which received bytes can break the protocol, each with a reason that may be told to the peer.
 *
 * <p>None of the reasons repeats received data.
 */
public enum ProtocolError {
    EMPTY_PACKET("empty packet"),
    UNKNOWN_ENGINE_PACKET_TYPE("unknown Engine.IO packet type"),
    INVALID_UTF8("text is not valid UTF-8"),
    INVALID_BASE64("binary data is not valid base64"),
    INVALID_LENGTH("length of a packet is not a positive number of characters that are there"),
    UNKNOWN_PACKET_TYPE("unknown Socket.IO packet type"),
    INVALID_ATTACHMENT_COUNT("number of attachments is not a positive integer followed by a dash"),
    TOO_MANY_ATTACHMENTS("too many attachments"),
    ATTACHMENTS_TOO_LARGE("attachments are too large together"),
    ILLEGAL_ATTACHMENT("placeholder does not name an attachment of its packet, or one that is named already"),
    ATTACHMENT_EXPECTED("text packet where an attachment is due"),
    UNEXPECTED_BINARY("binary data where no attachment is due"),
    NAMESPACE_TOO_LONG("name of the namespace is too long"),
    INVALID_ACK_ID("acknowledgement id is not an integer below 2^53"),
    INVALID_PAYLOAD("payload has not the shape that its packet type asks for"),
    INVALID_JSON("payload is not valid JSON"),
    INVALID_MESSAGE_PACK("message is not one whole value of MessagePack"),
    NOT_A_MAP("message is not a map"),
    KEY_NOT_TEXT("key of a map is not text"),
    DUPLICATE_KEY("packet, or an object in it, has a key twice"),
    UNKNOWN_EXTENSION("value has an extension type that is not known"),
    UNEXPECTED_TEXT("text where packets are binary"),
    INVALID_NAMESPACE("name of the namespace is missing or is not text"),
    NESTING_TOO_DEEP("payload is nested too deeply"),
    NUMBER_TOO_LONG("payload contains a number with too many characters"),
    STRING_TOO_LONG("payload contains text or a key that is too long"),
    TOO_MANY_KEYS("payload contains an object with too many keys"),
    TOO_MANY_VALUES("payload contains too many values"),
    EVENT_NAME_TOO_LONG("name of the event is too long"),
    RESERVED_EVENT_NAME("name of the event is reserved");

    private final String reason;

    ProtocolError(String reason) {
        this.reason = reason;
    }

    /** What a peer may be told. */
    public String reason() {
        return reason;
    }
}
