// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.util.Map;

/** A server with the behaviours of the profile {@code clients}, which suites of clients are run against. */
interface SuiteServer extends AutoCloseable {
    /** Where the formats that clients have by themselves are served. */
    String url();

    /** Where MessagePack is served; the same, if both are served in one place. */
    String messagePackUrl();

    /** Where {@code POST /restart} has the server started anew on its port. */
    String controlUrl();

    /** How many kinds of clients the scripts have that meet in one place. */
    default int scriptedKinds() {
        return url().equals(messagePackUrl()) ? 12 : 9;
    }

    /** What scripts read from their environment. */
    default Map<String, String> variables() {
        return Map.of("SOCKEYE_URL", url(), "SOCKEYE_MSGPACK_URL", messagePackUrl(), "SOCKEYE_CONTROL", controlUrl());
    }

    @Override
    void close();
}
