// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.Sockeye;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {
    private static final String INVALID = "[{'status':'error','message':'Invalid message format'}]";
    private static final String MESSAGE = """
            {"type": "object", "required": ["text"], "properties": {
              "text": {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": "\\\\S"},
              "tags": {"type": "array", "maxItems": 2, "items": {"$ref": "#/$defs/tag"}}},
             "$defs": {"tag": {"enum": ["a", "b"]}}}""";

    private final Queue<Object> handled = new ConcurrentLinkedQueue<>();
    private final Queue<String> invalid = new ConcurrentLinkedQueue<>();
    private Sockeye server;
    private EventClient client;

    @BeforeEach
    void start() throws Exception {
        server = Sockeye.builder().host("127.0.0.1").port(0).build();
        server.namespace("/")
                .validator(JsonSchemas.builder()
                        .event("message", MESSAGE)
                        .event("name", "{\"type\": \"string\", \"maxLength\": 20}")
                        .event("file", "{\"type\": \"object\", \"required\": [\"name\"]}")
                        .build())
                .onInvalid((socket, event, problems) -> invalid.add(event + " " + problems))
                .on("done", Void.class, (socket, nothing) -> {})
                .on("message", Map.class, (socket, message) -> handled.add(message))
                .on("name", String.class, (socket, name) -> handled.add(name))
                .on("other", Map.class, (socket, other) -> handled.add(other));
        client = new EventClient(server.start().port());
    }

    /** What was told until all that was sent has been handled. */
    private Queue<String> invalid() throws Exception {
        client.send("29['done']").expect("39[]");
        return invalid;
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void whatFitsTheSchemaIsHandled() throws Exception {
        client.send("21['message',{'text':'hi','tags':['a']}]")
                .expect("31[]")
                .send("22['name','ada']")
                .expect("32[]")
                .send("23['other',{'text':5}]")
                .expect("33[]");
        assertThat(handled).hasSize(3);
        assertThat(invalid()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "['message']; message [type]",
                "['message',null]; message [type]",
                "['message','text']; message [type]",
                "['message',{}]; message [required]",
                "['message',{'text':5}]; message [text: type]",
                "['message',{'text':''}]; message [text: minLength]",
                "['message',{'text':'  '}]; message [text: pattern]",
                "['message',{'text':'x','tags':['a','c']}]; message [tags[1]: enum]",
                "['message',{'text':'x','tags':['a','a','a']}]; message [tags: maxItems]",
                "['name','a name that is far too long']; name [maxLength]"
            })
    void whatDoesNotFitReachesNoHandler(String event, String problem) throws Exception {
        client.send("2" + event).send("21" + event).expect("31" + INVALID);
        assertThat(handled).isEmpty();
        assertThat(invalid()).containsExactly(problem, problem);
    }

    @Test
    void textMayHaveAThousandCharactersAndNoMore() throws Exception {
        String longest = "x".repeat(1000);
        client.send("21['message',{'text':'" + longest + "'}]")
                .expect("31[]")
                .send("22['message',{'text':'" + longest + "x'}]")
                .expect("32" + INVALID);
        assertThat(invalid()).containsExactly("message [text: maxLength]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"$ref\": \"http://localhost:1/schema.json\"}", "{\"$ref\": \"file:///etc/hostname\"}"
            })
    void whatIsNoSchemaOrRefersToOthersIsRefusedAtOnce(String schema) {
        assertThatThrownBy(() -> JsonSchemas.builder().event("x", schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"x\"");
    }

    @Test
    void anEventHasOneSchema() {
        assertThatThrownBy(() -> JsonSchemas.builder().event("x", "{}").event("x", "{}"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JsonSchemas.builder().event("disconnect", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
