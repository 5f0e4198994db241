// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The receiving end of {@link JsonFormat}. Confined to the event loop of its connection. */
final class JsonAssembler implements PacketAssembler {
    private final ProtocolLimits limits;
    private final JsonMapper mapper;

    private @Nullable PacketReader pending;
    private List<byte[]> attachments = List.of();
    private long attachmentBytes;

    JsonAssembler(ProtocolLimits limits, JsonMapper mapper) {
        this.limits = limits;
        this.mapper = mapper;
    }

    @Override
    public @Nullable Packet text(byte[] array, int offset, int length) {
        if (pending != null) {
            throw refuse(ProtocolError.ATTACHMENT_EXPECTED);
        }
        PacketReader reader = new PacketReader(array, offset, length, limits);
        if (reader.attachments() == 0) {
            return reader.packet(List.of(), mapper);
        }
        pending = reader;
        attachments = new ArrayList<>();
        return null;
    }

    @Override
    public @Nullable Packet binary(byte[] data) {
        PacketReader reader = pending;
        if (reader == null) {
            throw refuse(ProtocolError.UNEXPECTED_BINARY);
        }
        attachmentBytes += data.length;
        if (attachmentBytes > limits.maxAttachmentBytes()) {
            throw refuse(ProtocolError.ATTACHMENTS_TOO_LARGE);
        }
        attachments.add(data);
        if (attachments.size() < reader.attachments()) {
            return null;
        }
        List<byte[]> complete = attachments;
        clear();
        return reader.packet(complete, mapper);
    }

    @Override
    public boolean pending() {
        return pending != null;
    }

    private ProtocolException refuse(ProtocolError error) {
        clear();
        return new ProtocolException(error);
    }

    private void clear() {
        pending = null;
        attachments = List.of();
        attachmentBytes = 0;
    }
}
