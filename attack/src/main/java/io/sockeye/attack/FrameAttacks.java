// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import static io.sockeye.attack.Attack.quick;
import static io.sockeye.attack.Attack.slow;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Attacks with WebSocket frames. */
final class FrameAttacks {
    private static final byte[] NONE = {};
    private static final byte[] ONE = {'a'};
    private static final int LARGE = 990_000;
    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

    private FrameAttacks() {}

    static List<Attack> all() {
        return List.of(
                quick("frames that break RFC 6455", "close 1002|close 1007", FrameAttacks::brokenFrames),
                quick("lengths of 64 bits", "close 1002|close 1009", FrameAttacks::longLengths),
                quick("messages that are too large", "close (1009|1013)|disconnected", FrameAttacks::largeMessages),
                quick("a message in fragments of a byte", "close 1008|disconnected", FrameAttacks::tinyFragments),
                quick("empty fragments without end", "close 1008|disconnected", FrameAttacks::emptyFragments),
                slow("messages that are almost there", "close.*|disconnected|HTTP 503", FrameAttacks::unfinished),
                quick("messages that inflate to a gigabyte", "close 1009|disconnected", FrameAttacks::bombs),
                quick("streams that are not deflated", "close 10..|disconnected", FrameAttacks::notDeflated),
                slow("pings without end, pongs not read", "close.*|disconnected", FrameAttacks::pings),
                slow("echoes that are not read", "close.*|disconnected", FrameAttacks::unreadEchoes),
                slow("close frames that are not answered", "close.*|disconnected", FrameAttacks::openEnds));
    }

    private static void brokenFrames(Target target, Tally tally) throws IOException {
        List<byte[]> all = List.of(
                Frames.unmasked("2"),
                Frames.frame(Frames.FIN | 0x20 | Frames.TEXT, ONE),
                Frames.frame(Frames.FIN | 0x10 | Frames.TEXT, ONE),
                Frames.frame(Frames.FIN | Frames.COMPRESSED | Frames.TEXT, ONE),
                Frames.frame(Frames.FIN | 3, ONE),
                Frames.frame(Frames.FIN | 7, ONE),
                Frames.frame(Frames.FIN | 11, ONE),
                Frames.frame(Frames.FIN | 15, ONE),
                Frames.frame(Frames.FIN | Frames.CONTINUATION, ONE),
                Frames.repeated(Frames.frame(Frames.TEXT, ONE), 2),
                Frames.frame(Frames.PING, ONE),
                Frames.frame(Frames.FIN | Frames.PING, new byte[126]),
                Frames.frame(Frames.FIN | Frames.CLOSE, ONE),
                Frames.close(999),
                Frames.close(1005),
                Frames.close(1006),
                Frames.close(1015),
                Frames.close(5000),
                Frames.frame(Frames.FIN | Frames.TEXT, new byte[] {(byte) 0xc0, (byte) 0x80}),
                Frames.frame(Frames.FIN | Frames.TEXT, new byte[] {'4', (byte) 0xed, (byte) 0xa0, (byte) 0x80}),
                Frames.frame(Frames.TEXT, new byte[] {(byte) 0xff}));
        for (int i = 0; i < target.times(20, 1); i++) {
            for (byte[] frame : all) {
                send(target, tally, frame);
            }
        }
    }

    private static void longLengths(Target target, Tally tally) throws IOException {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, 1L << 32, 1L << 31, 10_000_000}) {
            for (int i = 0; i < target.times(20, 2); i++) {
                send(target, tally, Frames.head(Frames.FIN | Frames.BINARY, length));
            }
        }
    }

    private static void largeMessages(Target target, Tally tally) throws IOException {
        byte[] large = Frames.binary(new byte[5_000_000]);
        byte[] part = Frames.frame(Frames.CONTINUATION, new byte[100_000]);
        byte[] parts = Frames.repeated(part, 50);
        for (int i = 0; i < target.times(20, 2); i++) {
            send(target, tally, large);
            RawConnection connection = target.open().openSession();
            connection.write(Frames.frame(Frames.TEXT, ONE));
            connection.write(parts);
            tally.add(connection.outcome(Target.PATIENCE));
        }
    }

    private static void tinyFragments(Target target, Tally tally) throws IOException {
        fragments(target, tally, ONE);
    }

    private static void emptyFragments(Target target, Tally tally) throws IOException {
        fragments(target, tally, NONE);
    }

    private static void fragments(Target target, Tally tally, byte[] payload) throws IOException {
        byte[] many = Frames.repeated(Frames.frame(Frames.CONTINUATION, payload), 200_000);
        for (int i = 0; i < target.times(20, 2); i++) {
            RawConnection connection = target.open().openSession();
            connection.write(Frames.frame(Frames.TEXT, payload));
            connection.write(many);
            tally.add(connection.outcome(Target.PATIENCE));
        }
    }

    /** Whether many messages that lack their end are more than the memory holds. */
    private static void unfinished(Target target, Tally tally) throws IOException {
        byte[] frame = Frames.frame(Frames.TEXT, letters(LARGE));
        List<RawConnection> all = target.open(target.times(400, 80));
        for (RawConnection connection : all) {
            connection.openSession().write(frame, Duration.ofSeconds(2));
        }
        Target.await(all, tally);
    }

    private static void bombs(Target target, Tally tally) throws IOException {
        byte[] bomb = Frames.bomb("42[\"echo\",\"", target.times(1 << 30, 1 << 26));
        for (int i = 0; i < target.times(30, 3); i++) {
            RawConnection connection = target.open().openSession(DEFLATE);
            connection.write(bomb);
            tally.add(connection.outcome(Target.PATIENCE));
        }
    }

    private static void notDeflated(Target target, Tally tally) throws IOException {
        byte[] noise = new byte[1_000];
        Arrays.fill(noise, (byte) 0xff);
        for (int i = 0; i < target.times(50, 5); i++) {
            RawConnection connection = target.open().openSession(DEFLATE);
            connection.write(Frames.frame(Frames.FIN | Frames.COMPRESSED | Frames.TEXT, noise));
            tally.add(connection.outcome(Target.PATIENCE));
        }
    }

    private static void pings(Target target, Tally tally) throws IOException {
        byte[] many = Frames.repeated(Frames.frame(Frames.FIN | Frames.PING, new byte[125]), 20_000);
        for (int i = 0; i < target.times(20, 3); i++) {
            target.openNarrow().join().write(many, Duration.ofSeconds(1));
        }
        Target.await(target.all(), tally);
    }

    /** On the plain endpoint, which answers each message with the same. */
    private static void unreadEchoes(Target target, Tally tally) throws IOException, InterruptedException {
        byte[] large = Frames.frame(Frames.FIN | Frames.TEXT, letters(900_000));
        int count = target.times(60, 10);
        RawConnection[] all = new RawConnection[count];
        for (int i = 0; i < count; i++) {
            all[i] = target.openNarrow();
            all[i].shakeHands("/raw").answer();
        }
        for (int round = 0; round < 20; round++) {
            for (RawConnection connection : all) {
                connection.write(large, Duration.ofMillis(20));
            }
        }
        Thread.sleep(1_000);
        Target.await(List.of(all), tally);
    }

    private static void openEnds(Target target, Tally tally) throws IOException {
        List<RawConnection> all = target.join(target.times(200, 20));
        all.forEach(connection -> connection.write(Frames.text("nonsense")));
        Target.await(all, tally);
    }

    private static byte[] letters(int count) {
        byte[] letters = new byte[count];
        Arrays.fill(letters, (byte) 'a');
        return letters;
    }

    private static void send(Target target, Tally tally, byte[] frame) throws IOException {
        RawConnection connection = target.open().openSession();
        connection.write(frame);
        tally.add(connection.outcome(Target.PATIENCE));
    }
}
