// SPDX-License-Identifier: Apache-2.0
/**
 * Codecs: bytes and limits become a packet or a {@link io.sockeye.protocol.ProtocolException}, and back.
 *
 * <p>They follow the Engine.IO protocol, revisions 3 and 4, and the Socket.IO protocol, revision 5.
 */
package io.sockeye.protocol;
