// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

/** Where the handlers of a profile run. Named as on the command line. */
enum HandlerPlace {
    /** On the event loop: they are declared non-blocking. */
    loop,
    /** On handler threads, which are virtual ones where the JDK has them. */
    threads
}
