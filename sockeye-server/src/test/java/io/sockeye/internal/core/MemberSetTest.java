// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.testing.ManualLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberSetTest {
    private final ManualLoop loop = new ManualLoop();
    private final NamespaceImpl namespace = new NamespaceImpl(
            "/",
            new CoreSettings(
                    List.of(loop),
                    Runnable::run,
                    new SerialQueue.Bounds(10, 1_000_000),
                    100_000,
                    RecordingLink.FORMATS,
                    MemoryAdapter::new,
                    null));

    private List<SocketImpl> sockets(int count) {
        List<SocketImpl> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new RecordingLink(loop).socket("s" + i, namespace));
        }
        return sockets;
    }

    private static void assertSame(MemberSet set, Set<SocketImpl> model) {
        List<SocketImpl> walked = new ArrayList<>();
        set.forEach(walked::add);
        assertThat(walked).doesNotHaveDuplicates().hasSameElementsAs(model);
        assertThat(set.size()).isEqualTo(model.size());
        assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 16, 100, 1_000})
    void itHoldsWhatASetOfTheLibraryHoldsAfterAnyWalk(int count) {
        List<SocketImpl> sockets = sockets(count);
        MemberSet set = new MemberSet();
        Set<SocketImpl> model = new HashSet<>();
        Random random = new Random(count);
        for (int step = 0; step < 20_000; step++) {
            SocketImpl socket = sockets.get(random.nextInt(count));
            // Grows for a while, then shrinks, and so on.
            if (random.nextInt(10) < (step / 2_000 % 2 == 0 ? 7 : 3)) {
                set.add(socket);
                model.add(socket);
            } else {
                set.remove(socket);
                model.remove(socket);
            }
            if (step % 100 == 0) {
                assertSame(set, model);
            }
        }
        sockets.forEach(set::remove);
        assertSame(set, Set.of());
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        List<SocketImpl> sockets = sockets(2);
        MemberSet set = new MemberSet();
        set.remove(sockets.get(0));
        set.add(sockets.get(0));
        set.add(sockets.get(0));
        set.remove(sockets.get(1));
        assertSame(set, Set.of(sockets.get(0)));
    }
}
