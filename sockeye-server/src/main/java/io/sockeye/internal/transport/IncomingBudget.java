// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

/**
 * The bytes that have come and are held until the rest of their message comes, or until a handler is done with them, of all
 * connections. Any thread.
 */
public interface IncomingBudget {
    /** What holds less is not counted: it is bounded by the number of connections. */
    int LEAST_COUNTED = 4_096;

    /** One that never ends. */
    IncomingBudget UNLIMITED = new IncomingBudget() {
        @Override
        public boolean take(int more, int held) {
            return true;
        }

        @Override
        public void release(int bytes) {
            // nothing was counted
        }
    };

    /**
     * Counts bytes; false if the server holds too much for more, and then they are not counted.
     *
     * @param held what is counted of the same message already
     */
    boolean take(int more, int held);

    /** Counts bytes no more. */
    void release(int bytes);
}
