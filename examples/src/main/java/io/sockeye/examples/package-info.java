// SPDX-License-Identifier: Apache-2.0
/** One program per use case. The guide is cut from them. */
@NullMarked
package io.sockeye.examples;

import org.jspecify.annotations.NullMarked;
