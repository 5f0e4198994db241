// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretIdsTest {
    @Test
    void idsAreLongSafeInAUrlAndDifferent() {
        SecretIds ids = new SecretIds(new SecureRandom());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.get();
            assertThat(id).matches("[A-Za-z0-9_-]{24}");
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void everyPlaceOfAnIdVaries() {
        SecretIds ids = new SecretIds(new SecureRandom());
        for (int place = 0; place < 24; place++) {
            Set<Character> characters = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                characters.add(ids.get().charAt(place));
            }
            assertThat(characters).hasSizeGreaterThan(48);
        }
    }
}
