// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

/**
 * How children of parent namespaces live.
 *
 * @param most how many there may be on this node
 * @param cleanUp whether one goes with the last of its clients
 */
public record DynamicNamespaces(int most, boolean cleanUp) {}
