// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

/** The user's code of one namespace, or of all children of one parent. */
record NamespaceHandlers(
        HandlerTable table,
        Dispatch dispatch,
        RoomEvents roomEvents,
        ServerSideHandlers serverSide,
        EventLimits limits,
        WaitRules waits) {
    /** Nothing yet, to be filled before the start. */
    static NamespaceHandlers of(String name, CoreSettings settings) {
        HandlerTable table = new HandlerTable(name);
        return new NamespaceHandlers(
                table,
                new Dispatch(table, settings.failures()),
                new RoomEvents(name, settings, null),
                new ServerSideHandlers(settings.executor()),
                new EventLimits(settings.rates()),
                new WaitRules(settings.gates(), settings.backlog()));
    }
}
