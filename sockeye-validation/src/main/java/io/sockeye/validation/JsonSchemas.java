// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.sockeye.api.PayloadValidator;
import io.sockeye.event.Args;
import io.sockeye.event.EventNames;
import io.sockeye.event.PayloadException;
import io.sockeye.event.PayloadProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Checks the first argument of events by a JSON Schema for each, before it is bound. Events without a schema are let through. Any
 * thread. Needs {@code com.networknt:json-schema-validator}.
 *
 * <p>It stops at the first problem, whose rule is the keyword of the schema, such as {@code maxLength}. An argument that is absent
 * counts as null. Schemas are of version 2020-12 unless {@code $schema} says otherwise. Nothing is loaded from a network or a file for
 * them: what they refer to is in themselves.
 */
public final class JsonSchemas implements PayloadValidator {
    private final Map<String, Schema> schemas;

    private JsonSchemas(Map<String, Schema> schemas) {
        this.schemas = Map.copyOf(schemas);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void checkArguments(String event, Args args) {
        Schema schema = schemas.get(event);
        if (schema == null) {
            return;
        }
        JsonNode payload = args.getNullable(0, JsonNode.class);
        List<Error> errors = schema.validate(payload == null ? NullNode.getInstance() : payload);
        if (!errors.isEmpty()) {
            List<PayloadProblem> problems =
                    errors.stream().map(JsonSchemas::problem).toList();
            throw new PayloadException("the payload of \"" + event + "\" breaks its schema: " + problems, problems);
        }
    }

    private static PayloadProblem problem(Error error) {
        StringBuilder path = new StringBuilder();
        NodePath location = error.getInstanceLocation();
        for (int index = 0; index < location.getNameCount(); index++) {
            Object element = location.getElement(index);
            if (element instanceof Integer) {
                path.append('[').append(element).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return new PayloadProblem(path.toString(), error.getKeyword());
    }

    /** Collects the schemas. Not thread-safe. */
    public static final class Builder {
        private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                options -> options.schemaLoader(loader -> loader.fetchRemoteResources(false))
                        .schemaRegistryConfig(
                                SchemaRegistryConfig.builder().failFast(true).build()));
        private final Map<String, Schema> schemas = new HashMap<>();

        private Builder() {}

        /**
         * Says what the first argument of an event has to be.
         *
         * @param schema in JSON
         * @throws IllegalArgumentException if it is no schema, or the name is reserved
         * @throws IllegalStateException if the event has a schema already
         */
        public Builder event(String event, String schema) {
            EventNames.requireUsable(event);
            if (schemas.putIfAbsent(event, read(event, schema)) != null) {
                throw new IllegalStateException("event \"" + event + "\" has a schema already");
            }
            return this;
        }

        private Schema read(String event, String text) {
            try {
                Schema schema = registry.getSchema(text, InputFormat.JSON);
                schema.initializeValidators();
                return schema;
            } catch (SchemaException | JacksonException | IllegalArgumentException fault) {
                throw new IllegalArgumentException(
                        "the schema of event \"" + event + "\" cannot be read: " + fault.getMessage(), fault);
            }
        }

        public JsonSchemas build() {
            return new JsonSchemas(schemas);
        }
    }
}
