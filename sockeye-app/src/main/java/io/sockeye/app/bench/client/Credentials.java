// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import org.jspecify.annotations.Nullable;

/** What a client shows to the server, by the number of the client. Any thread. */
public interface Credentials {
    /** The JSON object of the CONNECT packet, or null. */
    @Nullable
    String auth(int number);

    /** Further header lines of each HTTP request, each ended by CR LF. */
    String headerLines(int number);
}
