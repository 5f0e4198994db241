// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.event.Request;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** Files up and down, as bytes. */
public final class BinaryExample {
    // tag::types[]
    record Upload(String name, List<byte[]> parts) {}

    record Stored(int bytes, String checksum) {}

    static final Request<Upload, Stored> UPLOAD = Request.of("upload", Upload.class, Stored.class);
    // end::types[]

    private BinaryExample() {}

    static Sockeye start(int port) {
        // tag::server[]
        Sockeye server = Sockeye.builder()
                .port(port)
                .maxHttpBufferSize(8 * 1024 * 1024)
                .maxAttachments(4)
                .build();
        server.namespace("/")
                .on(UPLOAD, (socket, upload) -> {
                    byte[] content = joined(upload.parts());
                    byte[] first = Arrays.copyOf(content, Math.min(8, content.length));
                    socket.broadcast().emit("preview", upload.name(), first);
                    return new Stored(content.length, checksum(content));
                })
                .on("reverse", byte[].class, (socket, data) -> socket.emit("reversed", reversed(data)));
        // end::server[]
        return server.start();
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static String checksum(byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(data);
        return Long.toHexString(sum.getValue());
    }

    private static byte[] reversed(byte[] data) {
        byte[] result = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            result[i] = data[data.length - 1 - i];
        }
        return result;
    }

    public static void main(String[] args) {
        start(3000);
    }
}
