// SPDX-License-Identifier: Apache-2.0
/** The clients of the load tester: sessions, their transports, and the event loops that they live on. */
@NullMarked
package io.sockeye.app.bench.client;

import org.jspecify.annotations.NullMarked;
