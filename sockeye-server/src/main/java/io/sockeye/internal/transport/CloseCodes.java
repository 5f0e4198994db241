// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

/** The close codes of RFC 6455, section 7.4, and of the registry that goes with it. */
public final class CloseCodes {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    /** Stands for a close frame without a code. */
    public static final int NONE = 1005;
    /** Stands for a connection that ended without a close frame. */
    public static final int BROKEN = 1006;

    public static final int INVALID_TEXT = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_BIG = 1009;
    public static final int FAULT = 1011;
    public static final int TRY_AGAIN_LATER = 1013;

    private static final int LAST_DEFINED = 1014;

    private CloseCodes() {}

    /** Whether a close frame may carry a code. */
    public static boolean maySend(int code) {
        if (code >= 1000 && code <= LAST_DEFINED) {
            return code != 1004 && code != NONE && code != BROKEN;
        }
        return code >= 3000 && code <= 4999;
    }
}
