// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.report;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A result as one JSON object. */
public final class JsonReport {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /** The object as text. */
    public static String of(BenchResult result) {
        return MAPPER.writeValueAsString(result) + "\n";
    }
}
