// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Payloads checked by Jakarta Validation annotations or by JSON Schema. Each needs its library, and not that of the other. */
@NullMarked
module io.sockeye.validation {
    requires transitive io.sockeye.server;
    requires tools.jackson.databind;
    requires static transitive jakarta.validation;
    requires static org.hibernate.validator;
    requires static com.networknt.schema;

    exports io.sockeye.validation;
}
