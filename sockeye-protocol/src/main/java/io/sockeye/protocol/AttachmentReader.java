// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Binds {@code byte[]} to attachments and to nothing else: text is not taken for base64. */
final class AttachmentReader extends StdDeserializer<byte[]> {
    AttachmentReader() {
        super(byte[].class);
    }

    @Override
    public byte[] deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT
                && parser.getEmbeddedObject() instanceof byte[] data) {
            return data;
        }
        return (byte[]) context.handleUnexpectedToken(getValueType(context), parser);
    }
}
