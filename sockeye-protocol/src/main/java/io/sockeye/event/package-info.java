// SPDX-License-Identifier: Apache-2.0
/** Names and payload types of events, and the arguments that travel with them. */
package io.sockeye.event;
