// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.PayloadException;
import io.sockeye.event.PayloadProblem;
import java.util.List;
import tools.jackson.core.JacksonException;

/** What is said of a received argument that is not what was asked for, the same for all formats. */
final class ArgumentFault {
    private ArgumentFault() {}

    static PayloadException missing(int index, int size, Class<?> type) {
        String found = index < size ? "is null" : "is missing: there are " + size;
        return new PayloadException(
                "Argument " + index + " should be a " + type.getTypeName() + ", but " + found,
                List.of(new PayloadProblem(place(index), "missing")));
    }

    static PayloadException mismatch(int index, Class<?> type, JacksonException mismatch) {
        return mismatch(index, JacksonFault.path(mismatch), type, JacksonFault.describe(mismatch), mismatch);
    }

    /** The fault of NaN and the infinities, of which Jackson expects that nobody asks for them as decimal numbers. */
    static PayloadException notFinite(int index, Class<?> type, NumberFormatException fault) {
        return mismatch(index, "", type, "it is no finite number", fault);
    }

    /** The fault of a number whose exponent is too large even for a decimal number. */
    static PayloadException outOfRange(int index, Class<?> type, NumberFormatException fault) {
        return mismatch(index, "", type, "its number is out of range", fault);
    }

    /** The fault of binary data, of which readers of some types expect that it is what they read. */
    static PayloadException binaryData(int index, Class<?> type, ClassCastException fault) {
        return mismatch(index, "", type, "it is binary data", fault);
    }

    private static PayloadException mismatch(int index, String path, Class<?> type, String fault, Throwable cause) {
        return new PayloadException(
                "Argument " + index + " does not fit " + type.getTypeName() + ": " + fault,
                cause,
                List.of(new PayloadProblem(place(index) + path, "type")));
    }

    /** How paths begin in the argument: the first one is the payload of most events, and needs no word. */
    private static String place(int index) {
        return index == 0 ? "" : "[" + index + "]";
    }
}
