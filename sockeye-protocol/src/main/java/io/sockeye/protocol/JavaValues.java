// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The way from Java values to what formats write, and back, the same for all formats.
 *
 * <p>It has a cache of Java types. Any thread.
 */
final class JavaValues {
    private final JsonMapper mapper = newMapper();
    private final String format;

    /** @param format the name of the format in messages for developers */
    JavaValues(String format) {
        this.format = format;
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** The arguments, be they given one by one or as one {@link Args}. */
    static @Nullable Object[] spread(@Nullable Object[] args) {
        return args.length == 1 && args[0] instanceof Args all ? all.values().toArray() : args;
    }

    /**
     * Writes one value.
     *
     * @param subject what it is a value of, for messages
     * @throws IllegalArgumentException if it cannot be written
     */
    void write(JsonGenerator generator, @Nullable Object value, String subject) {
        if (value instanceof Args) {
            throw new IllegalArgumentException("Args stands for all arguments of the " + subject
                    + ": it cannot be one of several. Use args.values() to send its elements as one list.");
        }
        try {
            mapper.writeValue(generator, value);
        } catch (JacksonException failure) {
            String type = value == null ? "null" : value.getClass().getTypeName();
            throw new IllegalArgumentException(
                    "A value of the " + subject + ", a " + type + ", cannot be written as " + format + ": "
                            + JacksonFault.describe(failure),
                    failure);
        }
    }

    /*
     * The constraints of the parser are off: whatever it gets was measured by our scanner, against ProtocolLimits.
     * Types are never chosen by what was received.
     */
    private static JsonMapper newMapper() {
        StreamReadConstraints measuredBefore = StreamReadConstraints.builder()
                .maxNestingDepth(ProtocolLimits.DEEPEST)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(measuredBefore)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new SimpleModule("sockeye").addDeserializer(byte[].class, new AttachmentReader()))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }
}
