// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

/** The load test could not measure. The message is for the user. */
final class BenchFailed extends RuntimeException {
    BenchFailed(String message) {
        super(message);
    }
}
