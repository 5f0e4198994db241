// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.RequestLimits;
import io.sockeye.internal.transport.ForwardedHeaders;
import io.sockeye.internal.transport.Peer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked request head.
 *
 * @param request what the service sees
 * @param http11 whether the client speaks HTTP/1.1, else it is 1.0
 * @param keepAlive whether the client wants to go on after the answer
 * @param bodyBytes the length of the body that follows, or {@link #CHUNKED}
 * @param expectsContinue whether the client waits for 100 before it sends the body
 */
record RequestHead(HttpRequest request, boolean http11, boolean keepAlive, long bodyBytes, boolean expectsContinue) {
    /** The length of a body whose end is marked in the stream. */
    static final long CHUNKED = -1;

    private static final int MAX_METHOD_LENGTH = 32;
    private static final byte[] NO_BODY = {};

    boolean hasBody() {
        return bodyBytes != 0;
    }

    /**
     * Checks what the decoder made of a head.
     *
     * @param remoteAddress the peer's address as text
     * @param peer who the peer is, where it is a proxy or behind one, else null
     * @throws RefusedRequest if it is not a request that this server can answer
     */
    static RequestHead of(
            io.netty.handler.codec.http.HttpRequest message,
            String remoteAddress,
            @Nullable Peer peer,
            HttpListenerSettings settings) {
        refuseUndecoded(message.decoderResult());
        boolean http11 = http11(message.protocolVersion());
        String method = message.method().name();
        refuseMethod(method);
        HttpHeaders fields = message.headers();
        RequestLimits limits = settings.limits();
        if (fields.size() > limits.headerFields()) {
            throw new RefusedRequest(
                    431, "expected at most " + limits.headerFields() + " header fields, got " + fields.size());
        }
        refuseHost(fields, http11);
        String target = originForm(method, message.uri());
        refuseTarget(target, limits);
        Headers headers = headers(fields);
        Peer client = peer == null
                ? null
                : ForwardedHeaders.client(peer, headers, settings.edge().proxies());
        if (peer != null && client == null) {
            throw new RefusedRequest(
                    400,
                    "what a proxy says about its client is malformed, or Forwarded and X-Forwarded-For differ",
                    RefusalReason.PROXY);
        }
        HttpRequest request = request(
                method,
                target,
                headers,
                client == null ? remoteAddress : client.text(),
                client != null && client.secure());
        return new RequestHead(
                request, http11, HttpUtil.isKeepAlive(message), bodyBytes(fields), expectsContinue(fields, http11));
    }

    /** @throws RefusedRequest if a part of a request could not be decoded */
    static void refuseUndecoded(DecoderResult result) {
        if (result.isSuccess()) {
            return;
        }
        Throwable cause = result.cause();
        if (cause instanceof TooLongHttpLineException) {
            throw new RefusedRequest(414, "the request line is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            throw new RefusedRequest(431, "the header fields are too long");
        }
        throw new RefusedRequest(400, "not an HTTP request: " + cause);
    }

    private static boolean http11(HttpVersion version) {
        if (version.equals(HttpVersion.HTTP_1_1)) {
            return true;
        }
        if (version.equals(HttpVersion.HTTP_1_0)) {
            return false;
        }
        throw new RefusedRequest(505, "expected HTTP/1.1 or HTTP/1.0");
    }

    private static void refuseMethod(String method) {
        boolean valid = !method.isEmpty() && method.length() <= MAX_METHOD_LENGTH;
        for (int i = 0; i < method.length() && valid; i++) {
            char c = method.charAt(i);
            valid = (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        }
        if (!valid) {
            throw new RefusedRequest(400, "expected a method in capitals");
        }
        if (method.equals("CONNECT")) {
            throw new RefusedRequest(501, "this server is no proxy");
        }
    }

    private static void refuseHost(HttpHeaders fields, boolean http11) {
        int hosts = fields.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (http11 && hosts == 0)) {
            throw new RefusedRequest(400, "expected one Host field, got " + hosts);
        }
    }

    /* The decoder has refused several lengths, a length beside a transfer encoding, and one in HTTP/1.0. */
    private static long bodyBytes(HttpHeaders fields) {
        List<String> encodings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty()) {
            if (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
                throw new RefusedRequest(501, "expected no transfer encoding but chunked");
            }
            return CHUNKED;
        }
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : contentLength(length);
    }

    private static long contentLength(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!digits) {
            throw new RefusedRequest(400, "expected digits as Content-Length");
        }
        return Long.parseLong(text);
    }

    private static boolean expectsContinue(HttpHeaders fields, boolean http11) {
        String expected = fields.get(HttpHeaderNames.EXPECT);
        if (expected == null || !http11) {
            return false;
        }
        if (!expected.equalsIgnoreCase("100-continue")) {
            throw new RefusedRequest(417, "expected no expectation but 100-continue");
        }
        return true;
    }

    private static Headers headers(HttpHeaders fields) {
        String[] pairs = new String[fields.size() * 2];
        int next = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            pairs[next++] = field.getKey().toString();
            pairs[next++] = field.getValue().toString();
        }
        try {
            return Headers.of(pairs);
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, "a header field holds control characters");
        }
    }

    private static HttpRequest request(
            String method, String target, Headers headers, String remoteAddress, boolean secure) {
        String path = new QueryStringDecoder(target, StandardCharsets.UTF_8).path();
        return new HttpRequest(method, path, target, headers, remoteAddress, secure, NO_BODY);
    }

    private static void refuseTarget(String target, RequestLimits limits) {
        refuseMalformedEscapes(target);
        int separators = 0;
        for (int i = target.indexOf('?'); i >= 0; i = target.indexOf('&', i + 1)) {
            separators++;
        }
        if (separators > limits.queryParameters()) {
            throw new RefusedRequest(414, "expected at most " + limits.queryParameters() + " parameters of a query");
        }
    }

    /** A request keeps only its target, which is to be decoded without fail later. */
    private static void refuseMalformedEscapes(String target) {
        int escape = target.indexOf('%');
        while (escape >= 0) {
            if (escape + 2 >= target.length()
                    || !HexFormat.isHexDigit(target.charAt(escape + 1))
                    || !HexFormat.isHexDigit(target.charAt(escape + 2))) {
                throw new RefusedRequest(400, "a percent sign in the target is not followed by two hexadecimal digits");
            }
            escape = target.indexOf('%', escape + 3);
        }
    }

    /** The path and query of a target; a proxy may send the absolute form (RFC 9112, section 3.2.2). */
    private static String originForm(String method, String target) {
        if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
            return target;
        }
        String lower = target.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            int authority = target.indexOf("//") + 2;
            int path = target.indexOf('/', authority);
            int query = target.indexOf('?', authority);
            if (query >= 0 && (path < 0 || query < path)) {
                return "/" + target.substring(query);
            }
            return path < 0 ? "/" : target.substring(path);
        }
        throw new RefusedRequest(400, "expected a target that begins with a slash");
    }
}
