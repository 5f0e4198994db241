// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

/** The close codes of RFC 6455, section 7.4, and of the registry that goes with it. */
final class CloseCodes {
    static final int PROTOCOL_ERROR = 1002;
    static final int NONE = 1005;
    static final int BROKEN = 1006;
    static final int INVALID_TEXT = 1007;
    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;
    static final int FAULT = 1011;

    private static final int LAST_DEFINED = 1014;

    private CloseCodes() {}

    /** Whether a close frame may carry a code. */
    static boolean maySend(int code) {
        if (code >= 1000 && code <= LAST_DEFINED) {
            return code != 1004 && code != NONE && code != BROKEN;
        }
        return code >= 3000 && code <= 4999;
    }
}
