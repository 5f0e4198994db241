// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.internal.timing.Timed;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacketType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is to take over a polling session: it sends {@code 2probe}, is answered {@code 3probe}, and takes over with
 * {@code 5}. Anything else, or too much time, ends the WebSocket; the session goes on polling. The session's loop only.
 */
/* From the probe until the end of the upgrade every poll is answered at once: the client waits for its poll to return before it
 * sends 5, and may have begun another one meanwhile.
 */
final class Upgrade extends Timed implements WebSocketListener {
    private static final String PROBE = "2probe";
    private static final EncodedPacket PROBE_ANSWER = EncodedPacket.control(EnginePacketType.PONG, "probe");

    private final EngineSession session;
    private final PollingTransport polling;
    private final boolean base64;
    private @Nullable WebSocketChannel channel;
    private boolean probed;

    /** @param base64 whether the WebSocket takes binary data as base64 only */
    Upgrade(EngineSession session, PollingTransport polling, boolean base64) {
        this.session = session;
        this.polling = polling;
        this.base64 = base64;
    }

    boolean probed() {
        return probed;
    }

    void abort() {
        session.wheel().cancel(this);
        if (channel != null) {
            channel.close(CloseCodes.NONE, "");
        }
    }

    @Override
    public void onOpen(WebSocketChannel opened) {
        channel = opened;
        if (session.mayUpgrade()) {
            session.beginUpgrade(this);
            session.wheel().schedule(this, session.options().upgradeTimeout());
        } else {
            opened.close(CloseCodes.NONE, "");
        }
    }

    @Override
    public void onText(byte[] utf8) {
        WebSocketChannel webSocket = channel;
        if (webSocket == null || !session.upgradeIs(this)) {
            return;
        }
        if (new String(utf8, StandardCharsets.UTF_8).equals(PROBE)) {
            probed = true;
            if (webSocket.writable()) {
                // One that does not read its answers gets no more of them.
                webSocket.write(PROBE_ANSWER, false);
            }
            polling.answerAtOnce();
        } else if (utf8.length > 0 && utf8[0] == EnginePacketType.UPGRADE.code()) {
            session.wheel().cancel(this);
            WebSocketTransport transport = new WebSocketTransport(session, webSocket, base64);
            webSocket.listener(transport);
            session.completeUpgrade(transport);
        } else {
            giveUp(webSocket);
        }
    }

    @Override
    public void onBinary(byte[] data) {
        if (channel != null) {
            giveUp(channel);
        }
    }

    @Override
    public void onWritable() {
        // A probe answer is all that is written here; it never waits.
    }

    @Override
    public void onClosed(int code, String reason) {
        forget();
    }

    @Override
    protected void onDeadline() {
        if (channel != null) {
            giveUp(channel);
        }
    }

    private void giveUp(WebSocketChannel webSocket) {
        forget();
        webSocket.close(CloseCodes.NONE, "");
    }

    private void forget() {
        session.wheel().cancel(this);
        if (session.upgradeIs(this)) {
            session.abandonUpgrade();
        }
    }
}
