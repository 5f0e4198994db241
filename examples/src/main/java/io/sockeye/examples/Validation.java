// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.sockeye.Sockeye;
import io.sockeye.event.Request;
import io.sockeye.validation.BeanValidation;
import io.sockeye.validation.JsonSchemas;
import io.sockeye.validation.Trimmed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;

/** Payloads that are checked before a handler sees them. */
public final class Validation {
    // tag::types[]
    record Message(
            @Trimmed @NotNull @Size(min = 1, max = 1000) String text,
            @Size(max = 4) List<@Valid Link> links) {}

    record Link(@NotBlank @Size(max = 200) String url) {}

    record Status(String status) {}

    static final Request<Message, Status> MESSAGE = Request.of("message", Message.class, Status.class);
    // end::types[]

    // tag::text[]
    record Name(@Trimmed @NotNull @Size(min = 1, max = 32) String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Name {}
    }
    // end::text[]

    // tag::schema[]
    static final String SCHEMA = """
            {"type": "object",
             "required": ["text"],
             "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": "\\\\S"}}}""";
    // end::schema[]

    private Validation() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        // tag::use[]
        server.namespace("/")
                .validator(BeanValidation.create())
                .onInvalid((socket, event, problems) -> System.out.println(event + ": " + problems))
                .on(MESSAGE, (socket, message) -> {
                    socket.broadcast().emit("message", message.text());
                    return new Status("success");
                });
        // end::use[]
        // tag::name[]
        server.namespace("/").on("rename", Name.class, (socket, name) -> socket.emit("renamed", name.text()));
        // end::name[]
        // tag::schemas[]
        server.namespace("/schemas")
                .validator(JsonSchemas.builder().event("message", SCHEMA).build())
                .on("message", Map.class, Status.class, (socket, message) -> new Status("success"));
        // end::schemas[]
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
