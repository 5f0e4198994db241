// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what each client shows to the server. */
final class AuthOptions {
    @Option(
            names = "--auth",
            paramLabel = "TEMPLATE",
            description =
                    "What clients send as auth, a JSON object: {{n}} stands for the number of the client, {{jwt}} for "
                            + "its token.")
    private @Nullable String auth;

    @Option(
            names = "--jwt-secret-file",
            paramLabel = "FILE",
            description =
                    "Sign a token for each client with this secret (HS256, at least 32 bytes; a line end at its end "
                            + "does not count).")
    private @Nullable Path jwtSecretFile;

    @Option(
            names = "--jwt-claims",
            paramLabel = "TEMPLATE",
            defaultValue = "{\"sub\":\"client-{{n}}\"}",
            description = "The claims of the tokens, a JSON object. Default: ${DEFAULT-VALUE}.")
    private String jwtClaims = "";

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A header field of each HTTP request, with the same templates. May be repeated.")
    private List<String> headers = new ArrayList<>();

    /**
     * The credentials.
     *
     * @throws BenchFailed if the options make none
     */
    Credentials credentials() {
        return new TemplateCredentials(auth, headers, secret(), jwtClaims);
    }

    private byte @Nullable [] secret() {
        if (jwtSecretFile == null) {
            return null;
        }
        try {
            return Files.readString(jwtSecretFile).stripTrailing().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchFailed("The file of --jwt-secret-file cannot be read: " + e);
        }
    }
}
