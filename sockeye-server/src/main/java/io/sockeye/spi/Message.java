// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.event.Args;

/**
 * An event that is not encoded yet.
 *
 * @param event its name
 * @param args its arguments; nobody changes the values inside
 */
public record Message(String event, Args args) {}
