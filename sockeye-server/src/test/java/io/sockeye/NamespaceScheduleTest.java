// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.Handshake;
import io.sockeye.api.Namespace;
import io.sockeye.api.Registration;
import io.sockeye.testing.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a namespace does for those who extend it. */
class NamespaceScheduleTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final List<String> ran = new CopyOnWriteArrayList<>();

    @Test
    void runsTasksOnHandlerThreadsInTheOrderOfTheirTimes() {
        Namespace main = running.start(server -> {}).namespace("/");
        main.schedule(Duration.ofMillis(200), () -> ran.add("late"));
        main.schedule(Duration.ZERO, () -> ran.add(Thread.currentThread().getName()));
        await().until(() -> ran.size() == 2);
        assertThat(ran.get(0)).doesNotStartWith("sockeye-loop");
        assertThat(ran.get(1)).isEqualTo("late");
    }

    @Test
    void runsTasksOfADeclarationAndOfParents() {
        running.start(server -> {
            server.namespace("/").schedule(Duration.ofMillis(1), () -> ran.add("declared"));
            server.namespaces(Pattern.compile("^/a")).schedule(Duration.ofMillis(1), () -> ran.add("parent"));
        });
        await().untilAsserted(() -> assertThat(ran).containsExactlyInAnyOrder("declared", "parent"));
    }

    @Test
    void runsNoTaskThatWasTakenAway() {
        Namespace main = running.start(server -> {}).namespace("/");
        Registration task = main.schedule(Duration.ofMillis(50), () -> ran.add("removed"));
        assertThat(task.remove()).isTrue();
        assertThat(task.remove()).isFalse();
        Registration other = main.schedule(Duration.ofMillis(100), () -> ran.add("other"));
        await().until(() -> ran.contains("other"));
        assertThat(ran).containsExactly("other");
        assertThat(other.remove()).isFalse();
    }

    @Test
    void goesOnAfterATaskThatFails() {
        Namespace main = running.start(server -> {}).namespace("/");
        main.schedule(Duration.ZERO, () -> {
            throw new IllegalStateException("of the test");
        });
        main.schedule(Duration.ofMillis(20), () -> ran.add("next"));
        await().until(() -> ran.contains("next"));
    }

    @Test
    void dropsTasksWhenTheServerCloses() throws Exception {
        Sockeye server = running.start(all -> {});
        server.namespace("/").schedule(Duration.ofHours(1), () -> ran.add("never"));
        server.close();
        server.namespace("/").schedule(Duration.ZERO, () -> ran.add("never"));
        assertThat(ran).isEmpty();
    }

    @Test
    void tellsMiddlewareWhereItWasAdded() throws Exception {
        List<String> added = new ArrayList<>();
        ConnectMiddleware greeting = new ConnectMiddleware() {
            @Override
            public void handle(Handshake handshake) {
                handshake.attach(String.class, "hello");
            }

            @Override
            public void addedTo(Namespace namespace) {
                added.add(namespace.name());
                namespace.onConnect(socket -> socket.emit(socket.get(String.class)));
            }
        };
        running.start(server -> {
            server.namespace("/").use(greeting);
            server.namespace("/b").use(greeting);
        });
        running.connect().expect("2['hello']");
        assertThat(added).containsExactly("/", "/b");
    }
}
