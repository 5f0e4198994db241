// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import tools.jackson.databind.json.JsonMapper;

/** The receiving end of {@link MessagePackFormat}. It has no state: a packet is one message. */
final class MessagePackAssembler implements PacketAssembler {
    private final ProtocolLimits limits;
    private final JsonMapper mapper;

    MessagePackAssembler(ProtocolLimits limits, JsonMapper mapper) {
        this.limits = limits;
        this.mapper = mapper;
    }

    @Override
    public Packet text(byte[] array, int offset, int length) {
        throw new ProtocolException(ProtocolError.UNEXPECTED_TEXT);
    }

    @Override
    public Packet binary(byte[] data) {
        return new MessagePackReader(data, limits).packet(mapper);
    }

    @Override
    public boolean pending() {
        return false;
    }
}
