// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static final byte[] LEADS = HexFormat.of().parseHex("4180bfc0c1c2dfe0e1edeeeff0f1f4f5ff909f8fa0");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "0123456789abcdef",
                "é",
                "߿",
                "ࠀ",
                "퟿",
                "\ue000",
                "\uffff",
                "😀",
                "\udbff\udfff",
                "12345678é"
            })
    void takesTextOfAnyLengthOfCharacter(String text) {
        assertThat(valid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c2",
                "c241",
                "e0",
                "e09fbf",
                "e2",
                "e282",
                "e28241",
                "eda080",
                "edbfbf",
                "f0",
                "f08fbfbf",
                "f09f98",
                "f4908080",
                "f5808080",
                "ff",
                "3132333435363738c0",
                "313233343536373880"
            })
    void refusesOverlongFormsSurrogatesAndWhatIsCutOff(String hexadecimal) {
        assertThat(valid(HexFormat.of().parseHex(hexadecimal))).isFalse();
    }

    @Test
    void agreesWithTheDecoderOfTheJdk() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = likelyBytes(random);
            assertThat(valid(bytes))
                    .as("seed %d: %s", seed, HexFormat.of().formatHex(bytes))
                    .isEqualTo(decodes(bytes));
        }
    }

    @Test
    void takesPiecesLikeTheWhole() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = likelyBytes(random);
            Utf8Validator validator = new Utf8Validator();
            int cut = random.nextInt(bytes.length + 1);
            validator.accept(bytes, 0, cut);
            boolean accepted = validator.accept(bytes, cut, bytes.length - cut);
            assertThat(accepted && validator.complete())
                    .as("seed %d: %s at %d", seed, HexFormat.of().formatHex(bytes), cut)
                    .isEqualTo(valid(bytes));
        }
    }

    @Test
    void tellsAtOnceThatNothingCanMakeThePiecesValid() {
        Utf8Validator validator = new Utf8Validator();

        assertThat(validator.accept(new byte[] {'a', (byte) 0xe2}, 0, 2)).isTrue();
        assertThat(validator.complete()).isFalse();
        assertThat(validator.accept(new byte[] {'a'}, 0, 1)).isFalse();
        assertThat(validator.accept(new byte[] {'a'}, 0, 1)).isFalse();

        validator.reset();
        assertThat(validator.accept(new byte[] {'a'}, 0, 1)).isTrue();
        assertThat(validator.complete()).isTrue();
    }

    private static byte[] likelyBytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(24)];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = LEADS[random.nextInt(LEADS.length)];
        }
        if (random.nextInt(2) == 0) {
            byte[] text = "aé漢😀".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(text, 0, bytes, 0, Math.min(text.length, bytes.length));
        }
        return bytes;
    }

    private static boolean valid(byte[] bytes) {
        return Utf8.validate(bytes, 0, bytes.length);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
