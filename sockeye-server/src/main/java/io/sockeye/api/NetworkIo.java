// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** How event loops wait for the network and move bytes. */
public enum NetworkIo {
    /** {@link #EPOLL} where the machine and the class path have it, else {@link #NIO}. */
    AUTOMATIC,

    /** Linux, by epoll. */
    EPOLL,

    /** Linux from 5.9 on, by io_uring. Many containers and hardened kernels do not allow it. */
    IO_URING,

    /** Every platform, by what the JDK has. */
    NIO
}
