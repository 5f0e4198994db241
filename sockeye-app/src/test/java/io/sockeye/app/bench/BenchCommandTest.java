// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
    private final BenchServer server = new BenchServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "websocket, json",
        "websocket, msgpack",
        "polling, json",
        "polling, msgpack",
        "upgrade, json",
        "upgrade, msgpack"
    })
    void eachRequestIsAnsweredOnEachTransportInEachFormat(String transport, String format) throws IOException {
        BenchRun run = BenchRun.of(server.url(), "echo", "--transport", transport, "--format", format);

        assertThat(run.status()).isZero();
        assertThat(run.number("operations")).isPositive().isLessThanOrEqualTo(server.echoes.get());
        assertThat(run.number("missing")).isZero();
        assertThat(run.result().get("transport").asString()).isEqualTo(transport);
        assertThat(run.result().get("format").asString()).isEqualTo(format);
        assertThat(server.connects).hasValue(20);
    }

    @ParameterizedTest
    @CsvSource({
        "broadcast, websocket, json",
        "broadcast, polling, msgpack",
        "bursts, websocket, json",
        "bursts, upgrade, msgpack"
    })
    void eachMessageComesToEveryMember(String mode, String transport, String format) throws IOException {
        BenchRun run = BenchRun.of(server.url(), mode, "--transport", transport, "--format", format, "--burst", "3");

        assertThat(run.status()).isZero();
        assertThat(server.joins).hasValue(20);
        assertThat(server.connects).as("the members and a publisher").hasValue(21);
        // What is under way when the phase begins and ends counts on one side only.
        int underWay = mode.equals("bursts") ? 3 : 1;
        assertThat(run.number("operations"))
                .isPositive()
                .isBetween((run.number("publishes") - underWay) * 20, (run.number("publishes") + underWay) * 20);
        assertThat(run.number("missing")).isZero();
    }

    @Test
    void membersOfOtherRoomsPublishToARoom() throws IOException {
        BenchRun run = BenchRun.of(
                server.url(), "rooms", "--connections", "50", "--rooms-of", "8", "--in-flight", "5", "--threads", "2");

        assertThat(run.status()).isZero();
        assertThat(server.connects).as("there is no publisher of its own").hasValue(50);
        assertThat(run.number("operations")).isPositive().isLessThanOrEqualTo(server.publishes.get() * 8L);
        assertThat(run.number("missing")).isZero();
        assertThat(run.number("roomSize")).isEqualTo(8);
    }

    @Test
    void anOpenLoopPublishesAtItsRate() throws IOException {
        BenchRun run = BenchRun.of(server.url(), "broadcast", "--rate", "50", "--threads", "2", "--duration", "1s");

        assertThat(run.status()).isZero();
        assertThat(run.result().get("loop").asString()).isEqualTo("open");
        assertThat(run.result().get("rateWanted").asDouble()).isEqualTo(50);
        assertThat(server.publishes.get()).isBetween(40, 200);
        assertThat(run.number("missing")).isZero();
    }

    @Test
    void connectionsOfAStormAreSetUpAndEnded() throws IOException {
        BenchRun run = BenchRun.of(server.url(), "storm", "--concurrency", "5");

        assertThat(run.status()).isZero();
        assertThat(run.number("operations")).isPositive().isLessThanOrEqualTo(server.connects.get());
        assertThat(run.number("missing")).isZero();
        assertThat(run.number("disconnects")).isZero();
        assertThat(run.result().get("connectMicros").get("p50").asDouble()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "upgrade"})
    void aStormCanBeginWithPolling(String transport) throws IOException {
        BenchRun run = BenchRun.of(server.url(), "storm", "--transport", transport, "--rate", "50");

        assertThat(run.status()).isZero();
        assertThat(run.number("operations")).isPositive();
        assertThat(run.number("missing")).isZero();
    }

    @Test
    void readersThatStallKeepNothingFromTheOthers() throws IOException {
        BenchRun run = BenchRun.of(
                server.url(), "slow", "--stalled", "25%", "--payload", "20000", "--in-flight", "4", "--duration", "1s");

        assertThat(run.status()).isZero();
        assertThat(run.result().get("stalled").get("connections").asInt()).isEqualTo(5);
        assertThat(run.number("operations")).isPositive().isLessThanOrEqualTo(server.publishes.get() * 15L);
        assertThat(run.number("missing")).isZero();
        assertThat(run.number("disconnects")).isZero();
    }

    @Test
    void anIdleTestHasNoOperationsAndTheMemoryOfTheServer() throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        BenchRun run = BenchRun.of(server.url(), "idle", "--server-pid", pid);

        assertThat(run.status()).isZero();
        assertThat(run.number("operations")).isZero();
        assertThat(run.result().get("latencyMicros").isNull()).isTrue();
        assertThat(run.result().get("server").get("pid").asString()).isEqualTo(pid);
        assertThat(run.result().get("server").get("rssBytesBefore").asLong()).isPositive();
        assertThat(run.result().get("server").get("rssBytesAfter").asLong()).isPositive();
    }

    @Test
    void aPlainWebSocketCanBeMeasured() throws IOException {
        BenchRun run = BenchRun.of(server.url(), "echo", "--raw-path", "/raw", "--payload", "16");

        assertThat(run.status()).isZero();
        assertThat(run.number("operations")).isPositive();
        assertThat(run.number("missing")).isZero();
        assertThat(server.connects).as("Socket.IO").hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"16, json", "200, json", "70000, json", "300000, json", "70000, msgpack", "300000, msgpack"})
    void payloadsMayBeShortAndLong(String bytes, String format) throws IOException {
        BenchRun run =
                BenchRun.of(server.url(), "broadcast", "--payload", bytes, "--format", format, "--connections", "3");

        assertThat(run.status()).isZero();
        assertThat(run.number("operations")).isPositive();
        assertThat(run.number("missing")).isZero();
    }

    @Test
    void thePageNeedsNothingElse(@TempDir Path directory) throws IOException {
        Path page = directory.resolve("result.html");
        BenchRun run = BenchRun.of(server.url(), "echo", "--html", page.toString(), "--duration", "2s");

        assertThat(run.result().get("series")).hasSize(2);
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("<svg", "<polyline", server.url(), "prefers-color-scheme")
                .doesNotContain("<script", "<link", "src=");
    }

    @Test
    void whatCannotBeReachedIsNotMeasured() throws IOException {
        String url = server.url();
        server.close();

        BenchRun run = BenchRun.of(url, "echo");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.result().isMissingNode()).isTrue();
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() throws IOException {
        assertThat(BenchRun.of(server.url(), "rooms", "--raw-path", "/raw").status())
                .isEqualTo(1);
        assertThat(BenchRun.of(server.url(), "echo", "--payload", "15").status())
                .isEqualTo(1);
        assertThat(BenchRun.of(server.url(), "echo", "--auth", "{{jwt}}").status())
                .isEqualTo(1);
        assertThat(BenchRun.of(server.url(), "echo", "--auth", "[1]").status()).isEqualTo(1);
        assertThat(BenchRun.of(server.url(), "echo", "--warmup", "long").status())
                .isEqualTo(2);
        assertThat(BenchRun.of(server.url(), "slow", "--stalled", "100%").status())
                .isEqualTo(2);
        assertThat(server.connects).hasValue(0);
    }
}
