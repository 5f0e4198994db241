// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

/** The bytes that have come and are held until the rest of their message comes, of all connections. Any thread. */
public interface IncomingBudget {
    /** One that never ends. */
    IncomingBudget UNLIMITED = new IncomingBudget() {
        @Override
        public boolean take(int bytes) {
            return true;
        }

        @Override
        public void release(int bytes) {
            // nothing was counted
        }
    };

    /** Counts bytes; false if the server holds too much for more, and then they are not counted. */
    boolean take(int bytes);

    /** Counts bytes no more. */
    void release(int bytes);
}
