// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of the request that opened a connection, for as long as that lasts: its header fields, target and address, and
 * when it came. Immutable; what it gives is made anew by each call.
 */
/* One string holds it all: the fields, END, the address, a line break, the target. A field is its name and its value, each with a line break
 * behind it, NAME and a number for a name of the list, or FIELD and a number for a whole field of the list. Neither names nor
 * values can hold control characters, so these marks are never a part of what a client sent. The target stands last, as it may hold
 * anything, and is left out where it is the usual one.
 */
public final class FirstRequest {
    private static final char NAME = 1;
    private static final char FIELD = 2;
    private static final char END = 3;
    private static final char BREAK = '\n';
    /** The number of the first name and the first field. */
    private static final char FIRST_NUMBER = ' ';

    private static final String USUAL_TARGET = "/socket.io/?EIO=4&transport=websocket";
    private static final byte[] NO_BODY = {};

    private static final List<String> NAMES = List.of(
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "accept-language",
            "authorization",
            "cookie",
            "origin",
            "referer",
            "sec-ch-ua",
            "sec-ch-ua-platform",
            "sec-websocket-extensions",
            "sec-websocket-key",
            "sec-websocket-protocol",
            "forwarded",
            "traceparent",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-real-ip",
            "x-request-id");

    /** Names and values in turn. */
    private static final List<String> FIELDS = List.of(
            "connection", "Upgrade",
            "connection", "upgrade",
            "connection", "keep-alive",
            "connection", "keep-alive, Upgrade",
            "upgrade", "websocket",
            "sec-websocket-version", "13",
            "sec-websocket-extensions", "permessage-deflate; client_max_window_bits",
            "sec-websocket-extensions", "permessage-deflate",
            "pragma", "no-cache",
            "cache-control", "no-cache",
            "accept", "*/*",
            "accept-encoding", "gzip, deflate, br, zstd",
            "accept-encoding", "gzip, deflate, br",
            "accept-encoding", "gzip, deflate",
            "sec-ch-ua-mobile", "?0",
            "sec-ch-ua-mobile", "?1",
            "sec-fetch-dest", "empty",
            "sec-fetch-dest", "websocket",
            "sec-fetch-mode", "cors",
            "sec-fetch-mode", "websocket",
            "sec-fetch-site", "same-origin",
            "sec-fetch-site", "same-site",
            "sec-fetch-site", "cross-site",
            "x-forwarded-proto", "http",
            "x-forwarded-proto", "https");

    private static final Map<String, Character> NAME_NUMBERS = nameNumbers();
    private static final Map<String, Character> FIELD_NUMBERS = fieldNumbers();

    private final String text;
    private final boolean secure;
    private final long millis;

    private FirstRequest(String text, boolean secure, long millis) {
        this.text = text;
        this.secure = secure;
        this.millis = millis;
    }

    private static Map<String, Character> nameNumbers() {
        Map<String, Character> numbers = new HashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            numbers.put(NAMES.get(i), (char) (FIRST_NUMBER + i));
        }
        return numbers;
    }

    private static Map<String, Character> fieldNumbers() {
        Map<String, Character> numbers = new HashMap<>();
        for (int i = 0; i < FIELDS.size(); i += 2) {
            numbers.put(FIELDS.get(i) + BREAK + FIELDS.get(i + 1), (char) (FIRST_NUMBER + i));
        }
        return numbers;
    }

    /** Keeps what is needed of a request that came at the given time. */
    public static FirstRequest of(HttpRequest request, Instant issued) {
        StringBuilder text = new StringBuilder(256);
        request.headers().forEach((name, value) -> append(text, name, value));
        text.append(END).append(request.remoteAddress());
        if (!request.target().equals(USUAL_TARGET)) {
            text.append(BREAK).append(request.target());
        }
        return new FirstRequest(text.toString(), request.secure(), issued.toEpochMilli());
    }

    private static void append(StringBuilder text, String name, String value) {
        Character field = FIELD_NUMBERS.get(name + BREAK + value);
        if (field != null) {
            text.append(FIELD).append(field.charValue());
            return;
        }
        Character known = NAME_NUMBERS.get(name);
        if (known != null) {
            text.append(NAME).append(known.charValue());
        } else {
            text.append(name).append(BREAK);
        }
        text.append(value).append(BREAK);
    }

    /** The header fields. */
    public Headers headers() {
        List<String> namesAndValues = new ArrayList<>();
        int at = 0;
        while (text.charAt(at) != END) {
            char mark = text.charAt(at);
            int number = text.charAt(at + 1) - FIRST_NUMBER;
            if (mark == FIELD) {
                namesAndValues.add(FIELDS.get(number));
                namesAndValues.add(FIELDS.get(number + 1));
                at += 2;
            } else {
                int value = mark == NAME ? at + 2 : text.indexOf(BREAK, at) + 1;
                int valueEnd = text.indexOf(BREAK, value);
                namesAndValues.add(mark == NAME ? NAMES.get(number) : text.substring(at, value - 1));
                namesAndValues.add(text.substring(value, valueEnd));
                at = valueEnd + 1;
            }
        }
        return Headers.of(namesAndValues.toArray(String[]::new));
    }

    /** The client's address, such as {@code 127.0.0.1}. */
    public String remoteAddress() {
        int start = text.indexOf(END) + 1;
        int end = text.indexOf(BREAK, start);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }

    /** Path and query as they were sent. */
    public String target() {
        int end = text.indexOf(BREAK, text.indexOf(END));
        return end < 0 ? USUAL_TARGET : text.substring(end + 1);
    }

    /** The parameters of the query, decoded, in order. */
    public Map<String, List<String>> query() {
        return new HttpRequest("GET", "", target(), Headers.of(), "", secure, NO_BODY).query();
    }

    /** Whether the connection is encrypted. */
    public boolean secure() {
        return secure;
    }

    /** When the request came, to the millisecond. */
    public Instant issued() {
        return Instant.ofEpochMilli(millis);
    }
}
