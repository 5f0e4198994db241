// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.time.Duration;

/**
 * What bystanders noticed.
 *
 * @param median round trips of echoes, and times until a message to the room came
 * @param high which one in a hundred of these exceeded
 * @param longest the longest of these
 * @param count how many there were
 * @param missing messages that did not come
 */
record Experience(Duration median, Duration high, Duration longest, long count, long missing) {}
