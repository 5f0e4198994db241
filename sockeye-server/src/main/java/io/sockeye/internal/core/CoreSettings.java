// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.WireFormat;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What all namespaces of a server share.
 *
 * @param loops the event loops, by index
 * @param executor runs user code
 * @param mailboxCapacity events of one socket that may wait before its connection is no longer read
 * @param answerTimeout milliseconds after which a request without an answer is logged and answered as failed
 * @param format how packets are written
 */
public record CoreSettings(
        List<Loop> loops, Executor executor, int mailboxCapacity, long answerTimeout, WireFormat format) {}
