// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a scan remembers of the keys of objects that are open: how many each had before an object opened inside it, and which, if
 * each may come once only. Used by one thread, for one packet.
 */
final class ObjectKeys {
    private final boolean unique;
    private int[] counts = new int[8];
    private int open;
    /** For each open object, the innermost last. */
    private final List<Set<String>> names = new ArrayList<>();

    ObjectKeys(boolean unique) {
        this.unique = unique;
    }

    /**
     * An object opens.
     *
     * @param outer the number of keys so far of the object around it
     */
    void enter(int outer) {
        if (open == counts.length) {
            counts = Arrays.copyOf(counts, 2 * open);
        }
        counts[open++] = outer;
        if (unique) {
            names.add(new HashSet<>());
        }
    }

    /** The innermost object has a key. */
    void add(String name) {
        if (!names.get(names.size() - 1).add(name)) {
            throw new ProtocolException(ProtocolError.DUPLICATE_KEY);
        }
    }

    /** The innermost object closes: tells the number of keys so far of the one around it. */
    int leave() {
        if (unique) {
            names.remove(names.size() - 1);
        }
        return open == 0 ? 0 : counts[--open];
    }
}
