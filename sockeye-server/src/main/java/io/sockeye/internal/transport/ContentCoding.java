// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The ways to compress the body of an HTTP answer (RFC 9110, section 8.4.1), best first. */
public enum ContentCoding {
    GZIP("gzip"),
    DEFLATE("deflate");

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    /** Its name in {@code Content-Encoding}. */
    public String token() {
        return token;
    }

    /** The coding that a client likes best, by {@code Accept-Encoding} with its weights; none if it names none. */
    public static Optional<ContentCoding> accepted(Headers request) {
        String[] offers = String.join(",", request.all("accept-encoding")).split(",", -1);
        ContentCoding best = null;
        Weight bestWeight = null;
        for (ContentCoding coding : values()) {
            Weight weight = coding.weight(offers);
            if (weight != null && weight.quality() > 0 && (bestWeight == null || weight.beats(bestWeight))) {
                best = coding;
                bestWeight = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    private @Nullable Weight weight(String[] offers) {
        Weight found = null;
        for (int i = 0; i < offers.length; i++) {
            String offer = offers[i].trim();
            int semicolon = offer.indexOf(';');
            String name = semicolon < 0 ? offer : offer.substring(0, semicolon).trim();
            boolean named = name.equalsIgnoreCase(token);
            if (named || (found == null && name.equals("*"))) {
                found = new Weight(semicolon < 0 ? 1 : quality(offer.substring(semicolon + 1)), named, i);
            }
            if (named) {
                return found;
            }
        }
        return found;
    }

    private static double quality(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            String trimmed = parameter.trim();
            if (trimmed.startsWith("q=") || trimmed.startsWith("Q=")) {
                try {
                    return Double.parseDouble(trimmed.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /**
     * Compresses a body.
     *
     * @param level 1 to 9, or -1 for the default
     */
    public byte[] encode(byte[] body, int level) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(64, body.length / 4));
        Deflater deflater = new Deflater(level);
        try (OutputStream out = this == GZIP ? new Gzip(bytes, level) : new DeflaterOutputStream(bytes, deflater)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("expected memory to take what is written", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /**
     * How much a client likes a coding.
     *
     * @param named by its name, not by an asterisk
     * @param order the place in the field
     */
    private record Weight(double quality, boolean named, int order) {
        boolean beats(Weight other) {
            if (quality != other.quality) {
                return quality > other.quality;
            }
            return named != other.named ? named : order < other.order;
        }
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }
}
