// SPDX-License-Identifier: Apache-2.0
/** What the load tester writes and reads: packets of Socket.IO as bytes made ahead, recognised by their first bytes. */
@NullMarked
package io.sockeye.app.bench.wire;

import org.jspecify.annotations.NullMarked;
