// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Cors;
import io.sockeye.testing.EchoEngine;
import io.sockeye.testing.EnginePoller;
import io.sockeye.testing.RawHttpClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptPollingTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    private final EchoEngine engine = new EchoEngine();

    private EnginePoller open(String query, String... fields) throws IOException {
        engine.start(
                EchoEngine.options(true, Cors.origins("https://friend.example").build()));
        return EnginePoller.open(engine, query, fields);
    }

    private static RawHttpClient.Response post(EnginePoller client, String data) throws IOException {
        return postForm(client, "d=" + URLEncoder.encode(data, StandardCharsets.UTF_8));
    }

    private static RawHttpClient.Response postForm(EnginePoller client, String form) throws IOException {
        return client.post(FORM, form.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({"4, '0{'", "3, '97:0{'"})
    void answersWithACallOfTheClientsFunction(String version, String start) throws IOException {
        RawHttpClient.Response open = open("&j=12&EIO=" + version).handshake();

        assertThat(open.status()).isEqualTo(200);
        assertThat(open.header("content-type")).isEqualTo("text/javascript; charset=UTF-8");
        assertThat(open.header("cache-control")).isEqualTo("no-store");
        assertThat(open.body().replaceFirst("\\d\\d\\d?:", "97:"))
                .startsWith("___eio[12](\"" + start + "\\\"sid\\\":\\\"")
                .endsWith("\\\"maxPayload\\\":100000}\");");
    }

    @ParameterizedTest
    @CsvSource({
        "&j=1&j=2, ___eio[2](",
        "&j=](alert(1))//7, ___eio[17](",
        "&j=%5D%28%22%0a3, ___eio[3](",
        "&j=\u0663, ___eio[](",
        "&j=, ___eio[]("
    })
    void takesNothingButDigitsFromTheIndex(String query, String start) throws IOException {
        assertThat(open("&EIO=4" + query.replace("\u0663", "%D9%A3"))
                        .handshake()
                        .body())
                .startsWith(start + '"');
    }

    @Test
    void escapesWhatAScriptCannotHold() throws IOException {
        EnginePoller client = open("&EIO=4&j=0");

        post(client, "4\"\\\\/<\u2028\u2029\u0001\r\t\b\fé😀");

        assertThat(client.poll().body())
                .isEqualTo("___eio[0](\"4\\\"\\\\\\\\/<\\u2028\\u2029\\u0001\\r\\t\\b\\fé😀\");");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "4a\\nb, ___eio[0](\"4a\\nb\");",
                "4a\\\\nb, ___eio[0](\"4a\\\\nb\");",
                "4a\\\\\\nb, ___eio[0](\"4a\\\\\\\\nb\");",
                "4a\\b, ___eio[0](\"4a\\\\b\");",
                "4a\\, ___eio[0](\"4a\\\\\");"
            })
    void turnsEscapedLineBreaksBack(String sent, String answered) throws IOException {
        EnginePoller client = open("&EIO=4&j=0");

        assertThat(post(client, sent).body()).isEqualTo("ok");

        assertThat(client.poll().body()).isEqualTo(answered);
    }

    @Test
    void sendsBinaryDataAsBase64() throws IOException {
        EnginePoller client = open("&EIO=3&j=0");

        post(client, "6:b4AQID");

        assertThat(client.poll().body()).isEqualTo("___eio[0](\"6:b4AQID\");");
    }

    @Test
    void takesWhatAFormDoesNotEscapeWell() throws IOException {
        EnginePoller client = open("&EIO=4&j=0");

        assertThat(postForm(client, "x=1&d=4a+b%zz%4&y").body()).isEqualTo("ok");

        assertThat(client.poll().body()).isEqualTo("___eio[0](\"4a b%zz%4\");");
    }

    @ParameterizedTest
    @CsvSource({"''", "d", "x=4a", "d=4a&d=4b", "&&&"})
    void takesNothingFromAFormWithoutOneField(String form) throws IOException {
        EnginePoller client = open("&EIO=4&j=0");

        assertThat(postForm(client, form).body()).isEqualTo("ok");
        postForm(client, "d=4next");

        assertThat(client.poll().body()).isEqualTo("___eio[0](\"4next\");");
    }

    @ParameterizedTest
    @CsvSource({
        "'Referer: https://evil.example/page', 403",
        "'Referer: https://friend.example/page', 200",
        "'Referer: http://localhost/page', 200",
        "'Sec-Fetch-Site: cross-site', 403",
        "'Sec-Fetch-Site: same-site', 403",
        "'Sec-Fetch-Site: same-origin', 200",
        "'Origin: https://evil.example', 403"
    })
    void refusesPagesOfOtherOrigins(String field, int status) throws IOException {
        assertThat(open("&EIO=4&j=0", field).handshake().status()).isEqualTo(status);
    }

    @Test
    void letsAllPagesInWhereAllOriginsMayCome() throws IOException {
        engine.start(EchoEngine.options(false, Cors.origins("*").build()));

        RawHttpClient.Response open = EnginePoller.open(
                        engine, "&EIO=4&j=0", "Referer: https://evil.example/", "Sec-Fetch-Site: cross-site")
                .handshake();

        assertThat(open.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'Mozilla/4.0 (compatible;MSIE 8.0)', 0", "'Mozilla/5.0 (Trident/7.0; rv:11.0)', 0", "Mozilla/5.0, ''"})
    void tellsInternetExplorerThatNothingIsAnAttack(String agent, String expected) throws IOException {
        EnginePoller client = open("&EIO=4", "User-Agent: " + agent);

        assertThat(client.handshake().header("x-xss-protection")).isEqualTo(expected);
        assertThat(client.post("4x").header("x-xss-protection")).isEqualTo(expected);
    }
}
