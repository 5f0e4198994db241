// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        Samples samples = new Samples(Map.of(1, 9.0, 2, 1.0, 3, 4.0));
        assertThat(samples.median()).isEqualTo(4);
        assertThat(samples.min()).isEqualTo(1);
        assertThat(samples.max()).isEqualTo(9);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Samples.median(List.of(8.0, 2.0, 4.0, 1.0))).isEqualTo(3);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Samples.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        Samples slow = new Samples(Map.of(1, 20.0, 2, 60.0, 3, 30.0));
        Samples fast = new Samples(Map.of(1, 10.0, 2, 20.0, 3, 10.0));
        Samples ratios = slow.over(fast);
        assertThat(ratios.byRound()).containsExactly(Map.entry(1, 2.0), Map.entry(2, 3.0), Map.entry(3, 3.0));
        assertThat(ratios.median()).isEqualTo(3);
    }

    @Test
    void aRoundThatOneOfTheTwoLacksHasNoRatio() {
        Samples ratios = new Samples(Map.of(1, 4.0, 2, 6.0)).over(new Samples(Map.of(2, 3.0, 3, 1.0)));
        assertThat(ratios.byRound()).containsExactly(Map.entry(2, 2.0));
    }

    @Test
    void thereIsNoRatioToZero() {
        assertThat(new Samples(Map.of(1, 4.0)).over(new Samples(Map.of(1, 0.0))).isEmpty())
                .isTrue();
    }
}
