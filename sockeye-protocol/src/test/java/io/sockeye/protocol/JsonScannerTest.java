// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonScannerTest {
    private static final String ALPHABET = "{}[]\",:\\ \t\n0123456789-+.eEtruefalsn/bu\u0001é";
    private static final ProtocolLimits LIMITS = new ProtocolLimits(10, 1000, 100, 50, 100, 100);

    private final JsonMapper jackson = new JsonMapper();
    private final JsonFormat format = new JsonFormat();

    @Test
    void notesWhereTheElementsAre() {
        byte[] text = utf8("[ 1 ,\"a,b\", [2,[3]],{\"x\":[4]} ] ");

        int[] spans = new JsonScanner(text, 0, text.length, LIMITS, null).scanElements();

        assertThat(spans).hasSize(8);
        String[] elements = {"1", "\"a,b\"", "[2,[3]]", "{\"x\":[4]}"};
        for (int index = 0; index < elements.length; index++) {
            int start = spans[2 * index];
            String element = new String(text, start, spans[2 * index + 1] - start, StandardCharsets.UTF_8);
            assertThat(element).isEqualTo(elements[index]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 66, 99, 100})
    void takesNestingUpToTheLimit(int depth) {
        assertThatCode(() -> scan("[".repeat(depth) + "]".repeat(depth))).doesNotThrowAnyException();
        assertThatCode(() -> scan("{\"a\":".repeat(depth) + "0" + "}".repeat(depth)))
                .doesNotThrowAnyException();
        String alternating = "[{\"a\":".repeat(depth / 2) + "[]" + "}]".repeat(depth / 2);
        if (2 * (depth / 2) < 100) {
            assertThatCode(() -> scan(alternating)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 70, 99})
    void keepsBracketsApartAtAnyDepth(int depth) {
        assertThat(verdict("[".repeat(depth) + "{" + "]".repeat(depth + 1))).isFalse();
        assertThat(verdict("[".repeat(depth) + "{}" + "]".repeat(depth))).isTrue();
        assertThat(verdict("[".repeat(depth) + "}" + "]".repeat(depth - 1))).isFalse();
    }

    @Test
    void refusesDeeperNestingAtOnce() {
        refuses("[".repeat(101), ProtocolError.NESTING_TOO_DEEP);
        refuses("{\"a\":".repeat(1_000_000), ProtocolError.NESTING_TOO_DEEP);
    }

    @Test
    void boundsTheLengthOfNumbers() {
        assertThat(verdict("1".repeat(50))).isTrue();
        refuses("1".repeat(51), ProtocolError.NUMBER_TOO_LONG);
        refuses("[0." + "0".repeat(1_000_000) + "]", ProtocolError.NUMBER_TOO_LONG);
    }

    @Test
    void countsTheKeysOfEachObjectForItself() {
        String few = "{\"a\":1,\"b\":{\"c\":[{},{\"d\":0}],\"e\":{}}}";
        assertThat(verdict(few, keys(2, false))).isNull();
        assertThat(verdict("[" + few + "," + few + "]", keys(2, true))).isNull();
        assertThat(verdict(few, keys(1, false))).isEqualTo(ProtocolError.TOO_MANY_KEYS);
        assertThat(verdict("{\"a\":{\"a\":{\"a\":0}},\"b\":0,\"c\":0}", keys(2, false)))
                .isEqualTo(ProtocolError.TOO_MANY_KEYS);
        String deep = "{\"a\":0,\"b\":".repeat(50) + "0" + "}".repeat(50);
        assertThat(verdict(deep, keys(2, false))).isNull();
        assertThat(verdict(deep, keys(2, true))).isNull();
    }

    @Test
    void findsKeysThatComeTwiceIfItIsToLook() {
        assertThat(verdict("{\"a\":0,\"a\":0}", keys(9, false))).isNull();
        assertThat(verdict("{\"a\":0,\"a\":0}", keys(9, true))).isEqualTo(ProtocolError.DUPLICATE_KEY);
        assertThat(verdict("{\"a\":{\"a\":0},\"\\u0061\":0}", keys(9, true))).isEqualTo(ProtocolError.DUPLICATE_KEY);
        assertThat(verdict("[{\"a\":{\"a\":[{\"a\":0},{\"a\":0}]}},{\"a\":0}]", keys(9, true)))
                .isNull();
    }

    private static ProtocolLimits keys(int most, boolean unique) {
        return new ProtocolLimits(10, 1000, 100, 50, 100, 100, 100, most, 1000, unique);
    }

    private static @Nullable ProtocolError verdict(String text, ProtocolLimits limits) {
        byte[] bytes = utf8(text);
        try {
            new JsonScanner(bytes, 0, bytes.length, limits, null).scanText();
            return null;
        } catch (ProtocolException refusal) {
            return refusal.error();
        }
    }

    @Test
    void findsAControlCharacterAtAnyPlaceOfAText() {
        for (int length = 1; length < 40; length++) {
            for (int place = 0; place < length; place++) {
                StringBuilder text = new StringBuilder("é".repeat(length));
                text.setCharAt(place, '\u001f');
                assertThat(verdict("\"" + text + "\"")).isFalse();
                text.setCharAt(place, ' ');
                assertThat(verdict("\"" + text + "\"")).isTrue();
                text.setCharAt(place, '"');
                assertThat(verdict("\"" + text + "\"")).isEqualTo(false);
            }
        }
    }

    @Test
    void agreesWithJacksonOnTextMadeByChance() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int count = random.nextInt(12); count > 0; count--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            assertAgrees(text.toString(), seed);
        }
    }

    @Test
    void agreesWithJacksonOnDocumentsWithAFault() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        RandomValues values = new RandomValues(random, false);
        for (int round = 0; round < 20_000; round++) {
            EncodedPacket packet = format.event("/", Packet.NO_ACK_ID, "a", values.arguments());
            String document = new String(packet.head(), StandardCharsets.UTF_8).substring(2);
            assertThat(verdict(document)).as("seed %d: %s", seed, document).isTrue();
            StringBuilder faulty = new StringBuilder(document);
            int place = random.nextInt(document.length());
            switch (random.nextInt(3)) {
                case 0 -> faulty.deleteCharAt(place);
                case 1 -> faulty.insert(place, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                default -> faulty.setCharAt(place, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            assertAgrees(faulty.toString(), seed);
        }
    }

    /** Half of a surrogate pair cannot be compared: it is no UTF-8, and Jackson refuses its escape in a name. */
    private void assertAgrees(String text, long seed) {
        if (!JsonText.hasLoneSurrogate(text) && !text.contains("\\ud")) {
            assertThat(verdict(text)).as("seed %d: %s", seed, text).isEqualTo(jacksonTakes(text));
        }
    }

    private boolean jacksonTakes(String text) {
        try {
            return !jackson.readTree(utf8(text)).isMissingNode();
        } catch (JacksonException refusal) {
            return false;
        }
    }

    private static boolean verdict(String text) {
        try {
            scan(text);
            return true;
        } catch (ProtocolException refusal) {
            return false;
        }
    }

    private static void refuses(String text, ProtocolError error) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> scan(text))
                .extracting(ProtocolException::error)
                .isEqualTo(error);
    }

    private static void scan(String text) {
        byte[] bytes = utf8(text);
        new JsonScanner(bytes, 0, bytes.length, LIMITS, null).scanText();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
