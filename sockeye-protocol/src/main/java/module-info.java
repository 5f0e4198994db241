// SPDX-License-Identifier: Apache-2.0
/**
 * The wire formats of Engine.IO 4 and Socket.IO 5, and the descriptors of events.
 *
 * <p>Everything here turns bytes into values and values into bytes. There is no connection, no thread and no clock.
 */
@org.jspecify.annotations.NullMarked
module io.sockeye.protocol {
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports io.sockeye.event;
    exports io.sockeye.protocol;
}
