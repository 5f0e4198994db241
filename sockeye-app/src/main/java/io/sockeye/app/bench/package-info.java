// SPDX-License-Identifier: Apache-2.0
/** {@code sockeye bench}: a load tester for Socket.IO servers. */
@NullMarked
package io.sockeye.app.bench;

import org.jspecify.annotations.NullMarked;
