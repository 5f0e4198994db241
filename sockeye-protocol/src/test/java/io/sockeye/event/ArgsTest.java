// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ArgsTest {
    @Test
    void givesTheValuesBack() {
        Args args = Args.of("a", 1, null);

        assertThat(args.size()).isEqualTo(3);
        assertThat(args.get(0, String.class)).isEqualTo("a");
        assertThat(args.get(1, Number.class)).isEqualTo(1);
        assertThat(args.getNullable(2, String.class)).isNull();
        assertThat(args.getNullable(3, String.class)).isNull();
        assertThat(args.values()).containsExactly("a", 1, null);
    }

    @Test
    void refusesWhatIsMissingOrNullOrOfAnotherType() {
        Args args = Args.of("a", null);

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(0, Integer.class))
                .withMessage("Argument 0 should be a java.lang.Integer, but is a java.lang.String");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(1, String.class))
                .withMessageContaining("is null");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(2, String.class))
                .withMessageContaining("there are only 2");
    }

    @Test
    void isNotChangedThroughTheArrayThatItWasMadeOf() {
        Object[] values = {"a"};
        Args args = Args.of(values);

        values[0] = "b";

        assertThat(args.values()).containsExactly("a");
    }
}
