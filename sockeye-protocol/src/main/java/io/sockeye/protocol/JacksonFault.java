// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import tools.jackson.core.JacksonException;

/** What Jackson has to say about a failure, without what it says about its own options and buffers. */
final class JacksonFault {
    private JacksonFault() {}

    static String describe(JacksonException failure) {
        String message = failure.getOriginalMessage();
        String path = failure.getPathReference();
        return path.isEmpty() ? message : message + " (at " + path + ")";
    }
}
