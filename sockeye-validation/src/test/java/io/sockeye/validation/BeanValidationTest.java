// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.event.Event;
import io.sockeye.event.PayloadException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeanValidationTest {
    private static final String INVALID = "[{'status':'error','message':'Invalid message format'}]";
    private static final Event<Message> MESSAGE = Event.of("message", Message.class);
    private static final Event<Order> ORDER = Event.of("order", Order.class);

    private static final Event<Name> NAME = Event.of("name", Name.class);

    private final Queue<Object> handled = new ConcurrentLinkedQueue<>();
    private final Queue<String> invalid = new ConcurrentLinkedQueue<>();
    private Sockeye server;
    private EventClient client;

    record Message(
            @Trimmed @NotNull @Size(min = 1, max = 1000) String text) {}

    /** A payload that is text and no object. */
    record Name(@Trimmed @NotNull @Size(min = 1, max = 5) String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Name {}
    }

    record Order(
            @Trimmed @NotBlank String name,
            @NotNull @Size(max = 3) List<@Valid Item> items,
            @Valid Address address,
            String note,
            @Trimmed List<String> tags) {}

    @Trimmed
    record Item(@NotBlank String name, @Min(1) int count) {}

    record Address(@Trimmed @Size(min = 2) String city) {}

    record Strict(@Trimmed String text) {
        Strict {
            if (text != null && text.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
        }
    }

    private EventClient start(Consumer<Namespace> handlers) throws Exception {
        server = Sockeye.builder().host("127.0.0.1").port(0).build();
        handlers.accept(server.namespace("/")
                .validator(BeanValidation.create())
                .onInvalid((socket, event, problems) -> invalid.add(event + " " + problems))
                .on("done", Void.class, (socket, nothing) -> {}));
        client = new EventClient(server.start().port());
        return client;
    }

    /** What was told until all that was sent has been handled. */
    private Queue<String> invalid() throws Exception {
        client.send("29['done']").expect("39[]");
        return invalid;
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void textIsTrimmedAndOfOneToAThousandCharacters() throws Exception {
        String longest = "x".repeat(1000);
        start(main -> main.on(MESSAGE, (socket, message) -> handled.add(message.text())))
                .send("21['message',{'text':'  a b\\u00a0\\n'}]")
                .expect("31[]")
                .send("22['message',{'text':' " + longest + " '}]")
                .expect("32[]")
                .send("23['message',{'text':'" + longest + "x'}]")
                .expect("33" + INVALID)
                .send("24['message',{'text':' \\t\\u2003\\ufeff '}]")
                .expect("34" + INVALID)
                .send("25['message',{}]")
                .expect("35" + INVALID);
        assertThat(handled).containsExactly("a b", longest);
        assertThat(invalid())
                .containsExactly("message [text: Size]", "message [text: Size]", "message [text: NotNull]");
    }

    @Test
    void aPayloadThatIsTextAloneIsTrimmedAndCheckedAsARecord() throws Exception {
        start(main -> main.on(NAME, (socket, name) -> handled.add(name.text())))
                .send("21['name','\\ufeff Ann\\u00a0']")
                .expect("31[]")
                .send("22['name',' \\u00a0 ']")
                .expect("32" + INVALID)
                .send("23['name','Joanna']")
                .expect("33" + INVALID)
                .send("24['name',null]")
                .expect("34" + INVALID)
                .send("25['name',5]")
                .expect("35" + INVALID)
                .send("26['name',{'text':'Ann'}]")
                .expect("36" + INVALID);
        assertThat(handled).containsExactly("Ann");
        assertThat(invalid())
                .startsWith("name [text: Size]", "name [text: Size]")
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['message']",
                "['message',null]",
                "['message','text']",
                "['message',{'text':5}]",
                "['message',{'text':{}}]",
                "['message',[]]"
            })
    void aWrongTypeIsInvalidToo(String event) throws Exception {
        start(main -> main.on(MESSAGE, (socket, message) -> handled.add(message)))
                .send("2" + event)
                .send("21" + event)
                .expect("31" + INVALID);
        assertThat(handled).isEmpty();
        assertThat(invalid()).hasSize(2);
    }

    @Test
    void whatIsInsideIsTrimmedAndCheckedToo() throws Exception {
        start(main -> main.on(ORDER, (socket, order) -> handled.add(order)))
                .send(
                        "21['order',{'name':' n ','items':[{'name':' i ','count':1}],'address':{'city':' Ulm '},'note':' kept ','tags':[' a ',null]}]")
                .expect("31[]")
                .send("22['order',{'name':'n','items':[{'name':'i','count':1},{'name':'j','count':0}]}]")
                .expect("32" + INVALID)
                .send("23['order',{'name':'n','items':[],'address':{'city':'   U   '}}]")
                .expect("33" + INVALID)
                .send("24['order',{'name':'n','items':[{'name':' ','count':1}]}]")
                .expect("34" + INVALID)
                .send("25['order',{'name':'n','items':[null,null,null,null]}]")
                .expect("35" + INVALID);
        assertThat(handled)
                .containsExactly(new Order(
                        "n", List.of(new Item("i", 1)), new Address("Ulm"), " kept ", Arrays.asList("a", null)));
        assertThat(invalid())
                .containsExactly(
                        "order [items[1].count: Min]",
                        "order [address.city: Size]",
                        "order [items[0].name: NotBlank]",
                        "order [items: Size]");
    }

    @Test
    void aRecordThatRefusesTrimmedTextIsAnInvalidPayload() throws Exception {
        start(main -> main.on("strict", Strict.class, (socket, strict) -> handled.add(strict)))
                .send("21['strict',{'text':' '}]")
                .expect("31" + INVALID);
        assertThat(handled).isEmpty();
        assertThat(invalid()).containsExactly("strict [constructor]");
    }

    @Test
    void payloadsWithoutAnnotationsAreLetThrough() throws Exception {
        start(main -> main.on("text", String.class, (socket, text) -> handled.add(text))
                        .on("number", Integer.class, (socket, number) -> handled.add(number)))
                .send("21['text',' a ']")
                .expect("31[]")
                .send("22['number',5]")
                .expect("32[]");
        assertThat(handled).containsExactly(" a ", 5);
    }

    @Test
    void aValidatorOfTheUsersTellsAllProblems() {
        try (ValidatorFactory factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            BeanValidation validation = BeanValidation.with(factory.getValidator());
            Order order = new Order(" ", null, new Address("x"), null, null);
            assertThatThrownBy(() -> validation.checkPayload("order", Order.class, order))
                    .isInstanceOfSatisfying(
                            PayloadException.class,
                            e -> assertThat(e.problems())
                                    .extracting(Object::toString)
                                    .containsExactlyInAnyOrder(
                                            "name: NotBlank", "items: NotNull", "address.city: Size"));
        }
    }

    @Test
    void aRecordThatNeedsNoTrimmingIsPassedOnAsItIs() {
        BeanValidation validation = BeanValidation.create();
        Message message = new Message("a");
        assertThat(validation.checkPayload("message", Message.class, message)).isSameAs(message);
    }

    record Misplaced(@Trimmed int number) {}

    @Trimmed
    static final class NoRecord {}

    @Test
    void trimmingWhatCannotBeTrimmedIsAMistakeOfTheProgram() {
        BeanValidation validation = BeanValidation.create();
        assertThatThrownBy(() -> validation.checkPayload("x", Misplaced.class, new Misplaced(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("number");
        assertThatThrownBy(() -> validation.checkPayload("x", NoRecord.class, new NoRecord()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NoRecord");
    }
}
