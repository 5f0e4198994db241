// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

/** What the sender of a packet tells whoever lets it wait. Means nothing on the wire. Immutable. */
public interface PacketHint {}
