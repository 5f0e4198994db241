// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TreeNode;
import tools.jackson.core.Version;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JacksonFeatureSet;
import tools.jackson.core.util.SimpleStreamWriteContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Jackson writes values to, as MessagePack.
 *
 * <p>Jackson takes it for a format of text, so that values have the forms that they have in JSON; but for binary data,
 * and for floating-point numbers that JSON lacks. Used by one thread, for one packet.
 */
final class MessagePackGenerator extends JsonGenerator {
    /** As deep as Jackson writes JSON, and the map of the packet around it. */
    private static final int DEEPEST = StreamWriteConstraints.DEFAULT_MAX_DEPTH + 1;

    private static final JacksonFeatureSet<StreamWriteCapability> CAPABILITIES =
            JacksonFeatureSet.fromDefaults(StreamWriteCapability.values());

    private final MessagePackWriter writer = new MessagePackWriter();
    private final JsonMapper mapper;
    private SimpleStreamWriteContext context = SimpleStreamWriteContext.createRootContext(null);
    private int[] heads = new int[8];
    private boolean closed;

    /** @param mapper what writes values inside values */
    MessagePackGenerator(JsonMapper mapper) {
        this.mapper = mapper;
    }

    byte[] toByteArray() {
        return writer.toByteArray();
    }

    /** Writes a value that is MessagePack already. */
    void writeEncoded(byte[] data, int offset, int length) {
        beginValue();
        writer.writeEncoded(data, offset, length);
    }

    @Override
    public JsonGenerator writeStartArray() {
        return writeStartArray(null);
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object value) {
        beginValue();
        return enter(context.createChildArrayContext(value));
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object value, int length) {
        return writeStartArray(value);
    }

    @Override
    public JsonGenerator writeEndArray() {
        if (!context.inArray()) {
            throw refuse("There is no array to end");
        }
        writer.endArray(heads[context.getNestingDepth()], context.getEntryCount());
        context = context.clearAndGetParent();
        return this;
    }

    @Override
    public JsonGenerator writeStartObject() {
        return writeStartObject(null);
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object value) {
        beginValue();
        return enter(context.createChildObjectContext(value));
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object value, int length) {
        return writeStartObject(value);
    }

    @Override
    public JsonGenerator writeEndObject() {
        if (!context.inObject()) {
            throw refuse("There is no object to end");
        }
        writer.endMap(heads[context.getNestingDepth()], context.getEntryCount());
        context = context.clearAndGetParent();
        return this;
    }

    @Override
    public JsonGenerator writeName(String name) {
        beginName(name);
        writer.writeText(name);
        return this;
    }

    @Override
    public JsonGenerator writeName(SerializableString name) {
        beginName(name.getValue());
        writer.writeText(name.asUnquotedUTF8());
        return this;
    }

    @Override
    public JsonGenerator writePropertyId(long id) {
        return writeName(Long.toString(id));
    }

    @Override
    public JsonGenerator writeString(@Nullable String text) {
        if (text == null) {
            return writeNull();
        }
        beginValue();
        writer.writeText(text);
        return this;
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        return writeString(text.getValue());
    }

    @Override
    public JsonGenerator writeString(Reader reader, int length) {
        try {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            String whole = text.toString();
            return writeString(length < 0 ? whole : whole.substring(0, Math.min(length, whole.length())));
        } catch (IOException failure) {
            throw JacksonIOException.construct(failure, this);
        }
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
        beginValue();
        writer.writeText(Arrays.copyOfRange(text, offset, offset + length));
        return this;
    }

    @Override
    public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRaw(String text) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRaw(String text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRaw(char[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRaw(char text) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRawValue(String text) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRawValue(String text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeRawValue(char[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        beginValue();
        writer.writeBinary(data, offset, length);
        return this;
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        try {
            byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
            writeBinary(variant, bytes, 0, bytes.length);
            return bytes.length;
        } catch (IOException failure) {
            throw JacksonIOException.construct(failure, this);
        }
    }

    @Override
    public JsonGenerator writeNumber(short number) {
        return writeNumber((long) number);
    }

    @Override
    public JsonGenerator writeNumber(int number) {
        return writeNumber((long) number);
    }

    @Override
    public JsonGenerator writeNumber(long number) {
        beginValue();
        writer.writeInteger(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(@Nullable BigInteger number) {
        if (number == null) {
            return writeNull();
        }
        beginValue();
        writer.writeInteger(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        beginValue();
        writer.writeFloat(number);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return writeNumber(Double.parseDouble(Float.toString(number)));
    }

    @Override
    public JsonGenerator writeNumber(@Nullable BigDecimal number) {
        if (number == null) {
            return writeNull();
        }
        return number.scale() == 0 ? writeNumber(number.unscaledValue()) : writeNumber(number.doubleValue());
    }

    @Override
    public JsonGenerator writeNumber(String number) {
        try {
            return writeNumber(new BigDecimal(number));
        } catch (NumberFormatException fault) {
            throw new StreamWriteException(this, "Not a number: " + number, fault);
        }
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        beginValue();
        writer.writeBoolean(value);
        return this;
    }

    @Override
    public JsonGenerator writeNull() {
        beginValue();
        writer.writeNil();
        return this;
    }

    @Override
    public JsonGenerator writePOJO(@Nullable Object value) {
        mapper.writeValue(this, value);
        return this;
    }

    @Override
    public JsonGenerator writeTree(@Nullable TreeNode tree) {
        return writePOJO(tree);
    }

    @Override
    public TokenStreamContext streamWriteContext() {
        return context;
    }

    @Override
    public ObjectWriteContext objectWriteContext() {
        return ObjectWriteContext.empty();
    }

    @Override
    public MessagePackWriter streamWriteOutputTarget() {
        return writer;
    }

    @Override
    public int streamWriteOutputBuffered() {
        return -1;
    }

    @Override
    public @Nullable Object currentValue() {
        return context.currentValue();
    }

    @Override
    public void assignCurrentValue(@Nullable Object value) {
        context.assignCurrentValue(value);
    }

    @Override
    public JsonGenerator configure(StreamWriteFeature feature, boolean state) {
        return this;
    }

    @Override
    public boolean isEnabled(StreamWriteFeature feature) {
        return false;
    }

    @Override
    public int streamWriteFeatures() {
        return 0;
    }

    @Override
    public boolean has(StreamWriteCapability capability) {
        return CAPABILITIES.isEnabled(capability);
    }

    @Override
    public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
        return CAPABILITIES;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void flush() {
        // What was written is in the buffer.
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    private JsonGenerator enter(SimpleStreamWriteContext inner) {
        int depth = inner.getNestingDepth();
        if (depth > DEEPEST) {
            throw refuse("Values are nested more than " + StreamWriteConstraints.DEFAULT_MAX_DEPTH + " deep");
        }
        if (depth >= heads.length) {
            heads = Arrays.copyOf(heads, 2 * depth);
        }
        context = inner;
        heads[depth] = writer.begin();
        return this;
    }

    private void beginValue() {
        if (!context.writeValue()) {
            throw refuse("A value in an object without a name");
        }
    }

    private void beginName(String name) {
        if (!context.writeName(name)) {
            throw refuse("A name where a value is due");
        }
    }

    private StreamWriteException raw() {
        return refuse("Raw JSON has no form in MessagePack");
    }

    private StreamWriteException refuse(String fault) {
        return new StreamWriteException(this, fault);
    }
}
