// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import tools.jackson.core.JacksonException;

/** What Jackson has to say about a failure, without what it says about its own options and buffers. */
final class JacksonFault {
    private JacksonFault() {}

    /** Where the failure is in the value that was read: {@code items[2].name}, or empty for the value itself. */
    static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : failure.getPath()) {
            String property = reference.getPropertyName();
            if (property == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(property);
            }
        }
        return path.toString();
    }

    static String describe(JacksonException failure) {
        String message = failure.getOriginalMessage();
        String path = failure.getPathReference();
        return path.isEmpty() ? message : message + " (at " + path + ")";
    }
}
