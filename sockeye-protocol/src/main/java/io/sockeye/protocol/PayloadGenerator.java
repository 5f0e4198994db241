// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * JSON as {@code JSON.stringify} writes it, with binary data taken out of it.
 *
 * <p>In the place of binary data, at any depth, stands a placeholder, and a copy of the data becomes an attachment.
 * Numbers that JSON cannot hold become null; surrogates without a partner become escapes. Used by one thread, for one
 * packet.
 */
final class PayloadGenerator extends JsonGeneratorDelegate {
    private final List<byte[]> attachments = new ArrayList<>(0);
    private boolean placeholderGiven;

    PayloadGenerator(JsonGenerator json) {
        super(json, false);
    }

    /** The data that was taken out, in the order of the placeholders. */
    List<byte[]> attachments() {
        return attachments;
    }

    /** Whether a value has a property that makes the receiver take it for a placeholder of ours. */
    boolean isPlaceholderGiven() {
        return placeholderGiven;
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(data, offset, copy, 0, length);
        attach(copy);
        return this;
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        try {
            byte[] copy = length < 0 ? data.readAllBytes() : data.readNBytes(length);
            attach(copy);
            return copy.length;
        } catch (IOException failure) {
            throw JacksonIOException.construct(failure, this);
        }
    }

    @Override
    public JsonGenerator writeEmbeddedObject(Object value) {
        if (value instanceof byte[] data) {
            return writeBinary(data);
        }
        return super.writeEmbeddedObject(value);
    }

    @Override
    public JsonGenerator writeName(String name) {
        if (JsonText.hasLoneSurrogate(name)) {
            delegate.writeName(new QuotedName(name));
            return this;
        }
        placeholderGiven |= name.equals(Placeholders.MARK);
        return super.writeName(name);
    }

    @Override
    public JsonGenerator writeName(SerializableString name) {
        placeholderGiven |= name.getValue().equals(Placeholders.MARK);
        return super.writeName(name);
    }

    @Override
    public JsonGenerator writeString(String text) {
        if (text != null && JsonText.hasLoneSurrogate(text)) {
            delegate.writeRawValue(JsonText.quote(text));
            return this;
        }
        return super.writeString(text);
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        return Double.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return Float.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeArray(double[] numbers, int offset, int length) {
        writeStartArray();
        for (int index = offset; index < offset + length; index++) {
            writeNumber(numbers[index]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeArray(String[] texts, int offset, int length) {
        writeStartArray();
        for (int index = offset; index < offset + length; index++) {
            writeString(texts[index]);
        }
        return writeEndArray();
    }

    private void attach(byte[] data) {
        delegate.writeStartObject();
        delegate.writeName(Placeholders.MARK);
        delegate.writeBoolean(true);
        delegate.writeName("num");
        delegate.writeNumber(attachments.size());
        delegate.writeEndObject();
        attachments.add(data);
    }
}
