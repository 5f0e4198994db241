// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private final Attributes attributes = new Attributes();

    @Test
    void aValueIsFoundByItsTypeAndReplacedByTheNext() {
        assertThat(attributes.get(String.class)).isNull();
        attributes.put(String.class, "a");
        attributes.put(Integer.class, 1);
        attributes.put(String.class, "b");
        assertThat(attributes.get(String.class)).isEqualTo("b");
        assertThat(attributes.get(Integer.class)).isEqualTo(1);
    }

    @Test
    void theTypeIsTheDeclaredOneNotASubtype() {
        attributes.put(CharSequence.class, "a");
        assertThat(attributes.get(String.class)).isNull();
        assertThat(attributes.get(CharSequence.class)).isEqualTo("a");
    }

    @Test
    void valuesThatSeveralThreadsAttachAreAllThere() throws Exception {
        List<Class<?>> types = List.of(Integer.class, Long.class, Short.class, Byte.class);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (Class<?> type : types) {
            Thread thread = new Thread(() -> {
                awaitQuietly(start);
                for (int i = 0; i < 10_000; i++) {
                    put(type, i);
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(attributes.get(Integer.class)).isEqualTo(9_999);
        assertThat(attributes.get(Long.class)).isEqualTo(9_999L);
        assertThat(attributes.get(Short.class)).isEqualTo((short) 9_999);
        assertThat(attributes.get(Byte.class)).isEqualTo((byte) 9_999);
    }

    private void put(Class<?> type, int value) {
        if (type == Integer.class) {
            attributes.put(Integer.class, value);
        } else if (type == Long.class) {
            attributes.put(Long.class, (long) value);
        } else if (type == Short.class) {
            attributes.put(Short.class, (short) value);
        } else {
            attributes.put(Byte.class, (byte) value);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
