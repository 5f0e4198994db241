// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrimmingTest {
    /** The characters that {@code trim} of JavaScript removes. */
    private static final String WHITE =
            "\t\n\u000B\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
                    + "\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    @Test
    void whatIsWhiteToJavaScriptIsTrimmedAndNothingElse() {
        String trimmed = IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
                .mapToObj(Character::toString)
                .filter(character -> Trimming.strip(character).isEmpty())
                .collect(Collectors.joining());
        assertThat(trimmed).isEqualTo(WHITE);
    }

    @Test
    void onlyTheEndsAreTrimmed() {
        assertThat(Trimming.strip(WHITE + "a" + WHITE + "b" + WHITE)).isEqualTo("a" + WHITE + "b");
    }
}
