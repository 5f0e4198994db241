// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Namespace;
import io.sockeye.api.PayloadValidator;
import io.sockeye.api.Policy;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.PayloadException;
import io.sockeye.event.PayloadProblem;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadValidatorTest {
    private static final Event<Text> MESSAGE = Event.of("message", Text.class);
    private static final String INVALID = "[{'status':'error','message':'Invalid message format'}]";

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Queue<String> invalid = new ConcurrentLinkedQueue<>();

    /** A payload that a validator may change. */
    static final class Text {
        private String text = "";

        public String getText() {
            return text;
        }

        public void setText(String value) {
            text = value;
        }
    }

    record Order(List<Item> items, Map<String, Integer> prices) {}

    record Item(int count) {}

    /** Takes one argument, with text, which it shortens. */
    private static final class Shortening implements PayloadValidator {
        @Override
        public void checkArguments(String event, Args args) {
            if (args.size() > 1) {
                throw new PayloadException("too many", List.of(new PayloadProblem("[1]", "superfluous")));
            }
        }

        @Override
        public <T> T checkPayload(String event, Class<T> type, T payload) {
            if (payload instanceof Text text) {
                text.setText(text.getText().strip());
                if (text.getText().isEmpty()) {
                    throw new PayloadException("empty", List.of(new PayloadProblem("text", "NotBlank")));
                }
            }
            return payload;
        }
    }

    private void start(Consumer<Namespace> handlers) {
        running.start(s -> handlers.accept(s.namespace("/")
                .validator(new Shortening())
                .onInvalid((socket, event, problems) -> invalid.add(event + " " + problems))));
    }

    private void handle(Object socket, Text text) {
        handled.add(text.getText());
    }

    @Test
    void aPayloadThatIsRefusedReachesNoHandler() throws Exception {
        start(main -> main.on(MESSAGE, this::handle));
        running.connect()
                .send("2['message',{'text':'   '}]")
                .send("21['message',{'text':''}]")
                .expect("31" + INVALID)
                .send("22['message',{'text':'x'},'more']")
                .expect("32" + INVALID)
                .send("23['message',{'text':'  x '}]")
                .expect("33[]");
        assertThat(handled).containsExactly("x");
        assertThat(invalid)
                .containsExactly("message [text: NotBlank]", "message [text: NotBlank]", "message [[1]: superfluous]");
    }

    @Test
    void everyKindOfHandlerIsGuarded() throws Exception {
        Request<Text, String> sync = Request.of("sync", Text.class, String.class);
        Request<Text, String> async = Request.of("async", Text.class, String.class);
        Event<Text> fast = Event.of("fast", Text.class);
        start(main -> main.on(sync, (socket, text) -> text.getText())
                .onAsync(async, (socket, text) -> CompletableFuture.completedFuture(text.getText()))
                .nonBlocking(fast, this::handle)
                .on("args", Args.class, (socket, args) -> handled.add("args"))
                .onConnect(socket -> {
                    socket.on("own", Text.class, this::handle);
                    socket.emit("ready");
                }));
        SocketIoClient client = running.connect().expect("2['ready']");
        for (String event : List.of("sync", "async", "fast", "own")) {
            client.send("21['" + event + "',{'text':' '}]").expect("31" + INVALID);
        }
        client.send("21['args',1,2]").expect("31" + INVALID);
        assertThat(handled).isEmpty();
        client.send("21['sync',{'text':' a '}]").expect("31['a']");
        client.send("21['async',{'text':' a '}]").expect("31['a']");
        client.send("21['args',1]").expect("31[]");
    }

    @Test
    void theRuleOfAPolicyGetsTheSamePayload() throws Exception {
        start(main -> main.policy(Policy.builder()
                        .event(MESSAGE, (socket, text) -> !text.getText().equals("forbidden"))
                        .build())
                .on(MESSAGE, this::handle));
        running.connect()
                .send("21['message',{'text':' forbidden '}]")
                .expect("31[{'status':'error','message':'Not authorized'}]")
                .send("22['message',{'text':' '}]")
                .expect("32" + INVALID)
                .send("23['message',{'text':' fine '}]")
                .expect("33[]");
        assertThat(handled).containsExactly("fine");
        assertThat(invalid).containsExactly("message [text: NotBlank]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "['order']; [missing]",
                "['order',null]; [missing]",
                "['order','text']; [type]",
                "['order',{'items':5}]; [items: type]",
                "['order',{'items':[{'count':1},{'count':'secret'}]}]; [items[1].count: type]",
                "['order',{'items':[],'prices':{'a':1,'b':{}}}]; [prices.b: type]",
            })
    void aWrongTypeIsAProblemWithAPlaceAndWithoutItsValue(String event, String problems) throws Exception {
        List<PayloadProblem> seen = new ArrayList<>();
        running.start(s -> s.namespace("/")
                .onInvalid((socket, name, found) -> seen.addAll(found))
                .on("order", Order.class, (socket, order) -> handled.add("order")));
        running.connect().send("27" + event).expect("37" + INVALID);
        await().untilAsserted(() -> assertThat(seen.toString()).isEqualTo(problems));
        assertThat(handled).isEmpty();
    }

    @Test
    void keysThatAClientChoseAreFitForALog() throws Exception {
        List<PayloadProblem> seen = new ArrayList<>();
        running.start(s -> s.namespace("/")
                .onInvalid((socket, name, found) -> seen.addAll(found))
                .on("order", Order.class, (socket, order) -> handled.add("order")));
        running.connect()
                .send("27['order',{'prices':{'a\\n\\u001b[31m" + "b".repeat(1_000) + "':'x'}}]")
                .expect("37" + INVALID);
        await().untilAsserted(() -> assertThat(seen).hasSize(1));
        assertThat(seen.get(0).path()).startsWith("prices.a??[31mb").hasSize(201);
    }

    @Test
    void aValidatorThatFailsIsAFaultOfTheServer() throws Exception {
        running.start(s -> s.namespace("/")
                .validator(new PayloadValidator() {
                    @Override
                    public <T> T checkPayload(String event, Class<T> type, T payload) {
                        throw new IllegalStateException("password=hunter2");
                    }
                })
                .on(MESSAGE, this::handle));
        running.connect()
                .send("21['message',{'text':'x'}]")
                .expect("31[{'status':'error','message':'Internal error'}]");
        assertThat(handled).isEmpty();
    }

    @Test
    void aNamespaceHasOneValidator() {
        try (Sockeye server = Sockeye.builder().build()) {
            Namespace main = server.namespace("/").validator(new Shortening());
            assertThatThrownBy(() -> main.validator(new Shortening())).isInstanceOf(IllegalStateException.class);
        }
    }
}
