// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, which is told to end as a service manager does. */
@Timeout(60)
class DemoCommandTest {
    private static final Pattern URL = Pattern.compile("http://\\S+");

    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private BufferedReader output;

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader();
    }

    /** The next URL that the command prints. */
    private String url() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = URL.matcher(line);
            if (matcher.find()) {
                return matcher.group();
            }
        }
        throw new IOException("the command has ended");
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    /** A connection that has joined, on the WebSocket of the JDK. */
    private BlockingQueue<String> join(String url) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        WebSocket webSocket = http.newWebSocketBuilder()
                .buildAsync(
                        URI.create(url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                                received.add(data.toString());
                                socket.request(1);
                                return null;
                            }

                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                                received.add("closed");
                                return null;
                            }
                        })
                .join();
        assertThat(received.poll(10, TimeUnit.SECONDS)).startsWith("0{");
        webSocket.sendText("40", true).join();
        assertThat(received.poll(10, TimeUnit.SECONDS)).startsWith("40{");
        return received;
    }

    @Test
    void metricsAreServedOnAPortOfTheirOwnWhereAskedFor() throws Exception {
        start("--port", "0", "--metrics-port", "0");
        String chat = url();
        String metrics = url();
        join(chat);
        HttpResponse<String> scraped = get(metrics);
        assertThat(scraped.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(scraped.body())
                .contains("sockeye_connections{protocol=\"engineio4\",transport=\"websocket\"} 1.0")
                .contains("event=\"user_join\"")
                .contains("jvm_memory_used_bytes");
        assertThat(get(metrics + "/more").statusCode()).isEqualTo(404);
        assertThat(get(chat + "/metrics").body()).doesNotContain("sockeye_connections");
    }

    @Test
    void theSignalOfAServiceManagerDrainsTheServer() throws Exception {
        start("--port", "0", "--drain-deadline", "20s");
        String chat = url();
        BlockingQueue<String> received = join(chat);
        assertThat(get(chat + "/health/ready").statusCode()).isEqualTo(200);
        process.destroy();
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aSecondSignalEndsTheProcessAtOnce() throws Exception {
        start("--port", "0", "--drain-window", "100m", "--drain-deadline", "200m");
        String chat = url();
        join(chat);
        join(chat);
        process.destroy();
        await().until(() -> get(chat + "/health/ready").statusCode() == 503);
        assertThat(process.isAlive()).isTrue();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
    }

    @Test
    void aSecretThatIsNotThereIsRefused(@TempDir Path folder) throws Exception {
        start("--port", "0", "--jwt-secret-file", folder.resolve("none").toString());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output.readLine())
                .contains("--jwt-secret-file cannot be read")
                .contains("NoSuchFile");
    }

    @Test
    void aSecretThatIsTooShortIsRefused(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "short\n");
        start("--port", "0", "--jwt-secret-file", secret.toString());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output.readLine()).contains("--jwt-secret-file").contains("32");
    }

    @Test
    void aWindowBeyondTheDeadlineIsRefused() throws Exception {
        start("--port", "0", "--drain-window", "20s", "--drain-deadline", "10s");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output.readLine()).contains("--drain-window");
    }
}
