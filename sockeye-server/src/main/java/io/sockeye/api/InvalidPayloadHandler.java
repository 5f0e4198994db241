// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.PayloadProblem;
import java.util.List;

/**
 * Told of events whose payload was refused, be it of another shape than the handler takes or against the rules of a validator. It
 * observes; the client has been answered.
 */
@FunctionalInterface
public interface InvalidPayloadHandler {
    /**
     * Takes note.
     *
     * @param problems where and against which rule; without what the client sent
     */
    void handle(Socket socket, String event, List<PayloadProblem> problems) throws Exception;
}
