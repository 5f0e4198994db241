// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.FlightRecord;
import io.sockeye.api.FlightRecord.Frame;
import io.sockeye.api.FlightRecorder;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlightRecorderTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<FlightRecord> records = new ConcurrentLinkedQueue<>();

    private Sockeye start(FlightRecorder recorder) {
        return running.start(
                Sockeye.builder().flightRecorder(recorder.onRecord(records::add)),
                s -> s.namespace("/").on("say", String.class, (socket, text) -> socket.emit("said", text)));
    }

    private FlightRecord record() {
        await().until(() -> !records.isEmpty());
        return records.remove();
    }

    private static List<String> shown(FlightRecord record) {
        return record.frames().stream()
                .map(frame -> (frame.received() ? "< " : "> ") + frame.excerpt())
                .toList();
    }

    @Test
    void aProtocolErrorShowsTheLastFramesAndNoSecretAmongThem() throws Exception {
        start(FlightRecorder.last(10, 100));
        SocketIoClient client = running.open();
        client.join("/", SocketIoClient.json("{'token':'secret'}"));
        client.send("2['say','a']").expect("2['said','a']").send("2{}");
        assertThat(client.ended()).isTrue();
        FlightRecord record = record();
        assertThat(record.reason()).isEqualTo(DisconnectReason.FORCED_CLOSE);
        assertThat(record.remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(shown(record))
                .containsExactly("> 0", "< 40", "> 40", "< 42[\"say\",\"a\"]", "> 42[\"said\",\"a\"]", "< 42{}");
        assertThat(record.frames().get(1).length()).isEqualTo("40{'token':'secret'}".length());
        assertThat(record.toString()).doesNotContain("secret", client.id());
    }

    @Test
    void onlyTheLastFramesAreKeptAndOnlyTheirBeginnings() throws Exception {
        start(FlightRecorder.last(2, 5));
        SocketIoClient client = running.connect();
        client.send("2['say','long']").expect("2['said','long']").send("2{}");
        FlightRecord record = record();
        assertThat(shown(record)).containsExactly("> 42[\"s", "< 42{}");
        assertThat(record.frames()).extracting(Frame::length).containsExactly("42['said','long']".length(), 4);
    }

    @Test
    void whatIsPrivateIsTakenOutByTheRedaction() throws Exception {
        start(FlightRecorder.last(1, 100).redact(text -> text.replace("private", "…")));
        running.connect().send("2{\"private\"}");
        assertThat(shown(record())).containsExactly("< 42{\"…\"}");
        start(FlightRecorder.last(1, 100).redact(text -> {
            throw new IllegalStateException("no");
        }));
        running.connect().send("2{}");
        assertThat(shown(record())).containsExactly("< ");
    }

    @Test
    void binaryFramesAreShownInHexadecimalDigits() throws Exception {
        start(FlightRecorder.last(2, 100));
        SocketIoClient client = running.connect();
        client.send("2['say','a']").expect("2['said','a']").sendBinary(new byte[] {1, (byte) 0xff});
        FlightRecord record = record();
        assertThat(shown(record).get(1)).isEqualTo("< 01ff");
        assertThat(record.frames().get(1).binary()).isTrue();
    }

    @Test
    void theTokenOfAMessagePackClientIsNotKeptEither() throws Exception {
        start(FlightRecorder.last(10, 100));
        SocketIoClient client = running.open();
        byte[] connect = {
            (byte) 0x83,
            (byte) 0xa4,
            't',
            'y',
            'p',
            'e',
            0,
            (byte) 0xa3,
            'n',
            's',
            'p',
            (byte) 0xa1,
            '/',
            (byte) 0xa4,
            'd',
            'a',
            't',
            'a',
            (byte) 0x81,
            (byte) 0xa1,
            't',
            (byte) 0xa3,
            'k',
            'e',
            'y'
        };
        client.sendBinary(connect);
        client.nextBinary();
        client.sendBinary(new byte[] {(byte) 0xc1});
        FlightRecord record = record();
        assertThat(shown(record)).containsExactly("> 0", "< ", "> ", "< c1");
        assertThat(record.frames().get(1).length()).isEqualTo(connect.length);
    }

    @Test
    void aPollingClientThatPostsNonsenseIsShownToo() throws Exception {
        start(FlightRecorder.last(1, 100));
        SocketIoClient client = running.connectPolling();
        client.engine().send("x");
        FlightRecord record = record();
        assertThat(record.reason()).isEqualTo(DisconnectReason.PARSE_ERROR);
        assertThat(shown(record)).containsExactly("< x");
    }

    @Test
    void aClientThatLeavesIsNotShown() throws Exception {
        Sockeye server = start(FlightRecorder.last(10, 100));
        running.connect().close();
        await().until(() -> server.metrics().value("sockeye.connections.closed", "reason", "transport_close") == 1);
        running.connect().send("2{}");
        assertThat(record().reason()).isEqualTo(DisconnectReason.FORCED_CLOSE);
        assertThat(records).isEmpty();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> FlightRecorder.last(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FlightRecorder.last(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
