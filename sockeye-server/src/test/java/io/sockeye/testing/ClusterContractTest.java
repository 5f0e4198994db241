// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Namespace;
import io.sockeye.api.RemoteSocket;
import io.sockeye.api.Replies;
import io.sockeye.event.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What an adapter for several nodes promises beside. An implementor can cut a node off, and waits for descriptions of sockets for
 * less than ten seconds.
 */
public abstract class ClusterContractTest extends AdapterContractTest {
    private static final Request<String, String> UNKNOWN = Request.of("unknown", String.class, String.class);
    private static final Duration SHORT = Duration.ofMillis(500);

    /** Has the last node fall silent, without a word. */
    protected abstract void cutOffLast();

    private Namespace first() {
        return namespaces.get(0);
    }

    @Test
    void aNodeThatIsGoneCostsNoOtherItsReplies() throws Exception {
        cutOffLast();
        var asked = first().request(NAME, "?", SHORT);
        for (SocketIoClient client : clients) {
            if (client != last()) {
                answer(client, client.id());
            }
        }
        Replies<String> replies = result(asked);
        assertThat(replies.values()).hasSize(nodes() - 1).doesNotContain(last().id());
    }

    @Test
    void aNodeThatIsGoneCostsNoOtherItsDescriptions() throws Exception {
        cutOffLast();
        assertThat(result(first().fetchSockets()))
                .extracting(RemoteSocket::id)
                .hasSize(nodes() - 1)
                .doesNotContain(last().id());
    }

    @Test
    void aServerThatIsGoneIsMissingFromTheAnswers() throws Exception {
        cutOffLast();
        Replies<String> replies = result(first().serverSideRequest(NAME, "I am ", SHORT));
        assertThat(replies.values()).hasSize(nodes() - 2);
        assertThat(replies.complete()).isFalse();
    }

    @Test
    void aRequestThatNoServerHandlesEndsAtItsDeadline() throws Exception {
        Replies<String> replies = result(first().serverSideRequest(UNKNOWN, "x", SHORT));
        assertThat(replies.values()).isEmpty();
        assertThat(replies.expected()).isEqualTo(nodes() - 1);
    }
}
