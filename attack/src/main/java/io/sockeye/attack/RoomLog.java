// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.util.ArrayList;
import java.util.List;

/** When which message was sent to the room of the bystanders. One thread at a time. */
final class RoomLog {
    private final List<Long> sent = new ArrayList<>();

    /** Returns the number of the next message. */
    long publish(long now) {
        sent.add(now);
        return sent.size() - 1L;
    }

    long count() {
        return sent.size();
    }

    long sentAt(long number) {
        return sent.get((int) number);
    }
}
