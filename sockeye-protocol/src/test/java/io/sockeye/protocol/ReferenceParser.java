// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parsers of the reference implementation, in one Node process that is asked a line at a time. */
final class ReferenceParser implements AutoCloseable {
    private static final Path HOME = Path.of("src/test/node");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Process node;
    private final Writer requests;
    private final BufferedReader answers;

    ReferenceParser() throws IOException, InterruptedException {
        if (Files.notExists(HOME.resolve("node_modules/socket.io-msgpack-parser"))) {
            Process install = start("npm", "ci", "--no-audit", "--no-fund");
            install.getOutputStream().close();
            install.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (!install.waitFor(2, TimeUnit.MINUTES) || install.exitValue() != 0) {
                install.destroyForcibly();
                throw new IOException("npm ci failed in " + HOME.toAbsolutePath());
            }
        }
        node = start("node", "reference.mjs");
        requests = new BufferedWriter(new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    }

    JsonNode ask(String operation, Map<String, ?> parameters) {
        Map<String, Object> request = new LinkedHashMap<>(parameters);
        request.put("operation", operation);
        try {
            requests.write(JSON.writeValueAsString(request));
            requests.write('\n');
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("Node ended at " + request);
            }
            return JSON.readTree(answer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        requests.close();
        node.destroy();
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectError(Redirect.INHERIT)
                .start();
    }
}
