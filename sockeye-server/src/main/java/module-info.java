// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** The Sockeye server: Socket.IO, WebSocket and HTTP on one port. */
@NullMarked
module io.sockeye.server {
    requires transitive io.sockeye.protocol;
    requires transitive org.jspecify;
    requires org.slf4j;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.haproxy;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.unix.common;
    requires static io.netty.transport.classes.io_uring;

    exports io.sockeye;
    exports io.sockeye.api;
    exports io.sockeye.spi;
}
