// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

/** A profile that listens. */
interface RunningProfile extends AutoCloseable {
    int port();

    @Override
    void close();
}
