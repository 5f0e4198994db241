// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What attackers got, counted. One thread only. */
final class Tally {
    private final Map<String, Got> all = new TreeMap<>();

    private static final class Got {
        private long count;
        private long seconds;
    }

    void add(String outcome) {
        add(outcome, 0);
    }

    /** @param seconds after which it came */
    void add(String outcome, long seconds) {
        Got got = all.computeIfAbsent(outcome, first -> new Got());
        got.count++;
        got.seconds = Math.max(got.seconds, seconds);
    }

    Iterable<String> outcomes() {
        return all.keySet();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public String toString() {
        return all.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().count))
                .map(entry -> entry.getKey() + times(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String times(Got got) {
        return (got.count > 1 ? " ×" + got.count : "") + (got.seconds > 1 ? " after " + got.seconds + " s" : "");
    }
}
