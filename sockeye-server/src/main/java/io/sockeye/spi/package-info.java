// SPDX-License-Identifier: Apache-2.0
/**
 * What extensions meet: the adapter that takes broadcasts and questions to other nodes. The format of packets,
 * {@link io.sockeye.protocol.WireFormat}, is in the protocol module.
 */
package io.sockeye.spi;
