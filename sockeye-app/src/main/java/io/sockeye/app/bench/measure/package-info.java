// SPDX-License-Identifier: Apache-2.0
/** What the load tester counts: operations and latencies per event loop, processor time and memory of processes. */
@NullMarked
package io.sockeye.app.bench.measure;

import org.jspecify.annotations.NullMarked;
