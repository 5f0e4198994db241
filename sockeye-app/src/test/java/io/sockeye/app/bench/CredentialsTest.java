// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private final BenchServer server = new BenchServer();

    @TempDir
    private Path directory;

    private Path secret;

    @BeforeEach
    void writeSecret() throws IOException {
        secret = Files.writeString(directory.resolve("secret"), BenchServer.SECRET + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "msgpack"})
    void eachClientHasATokenAndAHeaderOfItsOwn(String format) throws IOException {
        BenchRun run = BenchRun.of(
                server.url(),
                "echo",
                "--format",
                format,
                "--namespace",
                "/tokens",
                "--connections",
                "3",
                "--auth",
                "{\"token\":\"{{jwt}}\",\"list\":[1,-2,0.5,true,null]}",
                "--jwt-secret-file",
                secret.toString(),
                "--jwt-claims",
                "{\"sub\":\"user-{{n}}\"}",
                "--header",
                "X-Number: number {{n}}");

        assertThat(run.status()).isZero();
        assertThat(run.number("missing")).isZero();
        assertThat(server.subjects).containsExactlyInAnyOrder("user-0", "user-1", "user-2");
        assertThat(server.headers).containsExactlyInAnyOrder("number 0", "number 1", "number 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "msgpack"})
    void aTokenOfAnotherSecretIsRefused(String format) throws IOException {
        Files.writeString(secret, "another secret that is long enough for HS256");

        BenchRun run = BenchRun.of(
                server.url(),
                "echo",
                "--format",
                format,
                "--namespace",
                "/tokens",
                "--auth",
                "{\"token\":\"{{jwt}}\"}",
                "--jwt-secret-file",
                secret.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.result().isMissingNode()).isTrue();
    }

    @Test
    void aSecretThatIsTooShortIsRefused() throws IOException {
        Files.writeString(secret, "short");

        BenchRun run = BenchRun.of(server.url(), "echo", "--jwt-secret-file", secret.toString());

        assertThat(run.status()).isEqualTo(1);
    }
}
