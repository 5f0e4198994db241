// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Socket;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.PollingEngineClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BurstTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final CompletableFuture<Socket> connected = new CompletableFuture<>();

    private SocketIoClient connect(boolean polling) throws Exception {
        return polling ? running.connectPolling() : running.connect();
    }

    @ParameterizedTest(name = "polling {0}, {1} bytes at most in a body")
    @CsvSource({"false, 1000000", "true, 1000000", "true, 100", "true, 37"})
    void aBurstIsCountedToTheLastPacketWhateverFitsIntoOneAnswer(boolean polling, int maxBody) throws Exception {
        running.start(
                Sockeye.builder().maxHttpBufferSize(maxBody),
                s -> s.namespace("/").on("go", Void.class, (socket, nothing) -> {
                    for (int i = 0; i < 120; i++) {
                        socket.emit("n", i);
                    }
                }));
        SocketIoClient client = connect(polling).send("2['go']");
        for (int i = 0; i < 120; i++) {
            client.expect("2['n'," + i + "]");
        }
    }

    @Test
    void noAnswerOfAPollIsLargerThanTheLimit() throws Exception {
        running.start(
                Sockeye.builder().maxHttpBufferSize(100),
                s -> s.namespace("/").onConnect(socket -> {
                    for (int i = 0; i < 120; i++) {
                        socket.emit("n", i);
                    }
                }));
        SocketIoClient client = running.connectPolling();
        PollingEngineClient engine = (PollingEngineClient) client.engine();
        for (int i = 0; i < 120; i++) {
            client.expect("2['n'," + i + "]");
            assertThat(engine.largestAnswer()).isLessThanOrEqualTo(100);
        }
    }

    @ParameterizedTest(name = "polling {0}")
    @ValueSource(booleans = {false, true})
    void aPacketAndItsAttachmentsLeaveTogetherThoughSeveralSend(boolean polling) throws Exception {
        running.start(s -> s.namespace("/").onConnect(connected::complete));
        SocketIoClient client = connect(polling);
        Socket socket = connected.get(10, TimeUnit.SECONDS);
        CompletableFuture<?>[] senders = new CompletableFuture<?>[3];
        for (int sender = 0; sender < senders.length; sender++) {
            byte mark = (byte) sender;
            senders[sender] = OwnThread.run(() -> {
                for (int i = 0; i < 200; i++) {
                    socket.emit("data", mark, new byte[] {mark, 1}, new byte[] {mark, 2});
                }
            });
        }
        for (int i = 0; i < 200 * senders.length; i++) {
            String head = client.next();
            assertThat(head).startsWith("52-[\"data\",");
            byte mark = Byte.parseByte(head.substring(11, 12));
            assertThat(client.nextBinary()).containsExactly(mark, 1);
            assertThat(client.nextBinary()).containsExactly(mark, 2);
        }
        CompletableFuture.allOf(senders).get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2['x']", "51-['x',{'_placeholder':true,'num':0}]", "1"})
    void anotherPacketWhileAttachmentsAreDueClosesTheConnection(String packet) throws Exception {
        running.start(s -> s.namespace("/").onConnect(connected::complete));
        SocketIoClient client =
                running.connect().send("52-['x',{'_placeholder':true,'num':0},{'_placeholder':true,'num':1}]");
        client.sendBinary(new byte[1]).send(packet);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void bytesThatNoPacketAnnouncedCloseTheConnection() throws Exception {
        running.start(s -> {});
        assertThat(running.connect().sendBinary(new byte[1]).ended()).isTrue();
    }

    @Test
    void moreAttachmentsThanAllowedCloseTheConnection() throws Exception {
        running.start(Sockeye.builder().maxAttachments(2), s -> {});
        assertThat(running.connect().send("53-['x']").ended()).isTrue();
    }
}
