// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import static io.sockeye.attack.Attack.quick;
import static io.sockeye.attack.Attack.slow;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Attacks with packets of Socket.IO. */
final class PacketAttacks {
    private static final String ENDED = "close.*|disconnected";
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private PacketAttacks() {}

    static List<Attack> all() {
        return List.of(
                quick("packets that break the protocol", ENDED, PacketAttacks::brokenPackets),
                quick("events before a namespace is joined", ENDED, PacketAttacks::early),
                quick("events after a refusal", ENDED, PacketAttacks::afterRefusal),
                quick("numbers of a million digits", ENDED, PacketAttacks::longNumbers),
                quick("JSON of a hundred thousand levels", ENDED, PacketAttacks::deepJson),
                quick("objects of a hundred thousand keys", "answered|" + ENDED, PacketAttacks::manyKeys),
                quick("keys with equal hash codes", "answered|" + ENDED, PacketAttacks::equalHashes),
                quick("arguments without end", "answered|" + ENDED, PacketAttacks::manyArguments),
                quick("payloads of the wrong type", "answered|" + ENDED, PacketAttacks::wrongTypes),
                quick("attachments before a namespace is joined", ENDED, PacketAttacks::earlyAttachments),
                quick("attachments without number", ENDED, PacketAttacks::manyAttachments),
                slow("attachments of which the last is missing", ENDED, PacketAttacks::unfinishedAttachments),
                quick("MessagePack that says it is long", ENDED, PacketAttacks::longMessagePack),
                quick(
                        "acknowledgements that nobody asked for",
                        "still served|" + ENDED,
                        PacketAttacks::acknowledgements),
                slow("events faster than their handler", "still served|held back|" + ENDED, PacketAttacks::fastEvents),
                slow("requests without reading the answers", "still served|" + ENDED, PacketAttacks::unreadAnswers));
    }

    private static void brokenPackets(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(20, 1); i++) {
            for (String packet : List.of(
                    "9",
                    "",
                    "4",
                    "47",
                    "42",
                    "42{}",
                    "42[]",
                    "42[1]",
                    "42[null]",
                    "42[\"\"",
                    "42[\"connect\"]",
                    "42[\"disconnect\"]",
                    "42[\"disconnecting\"]",
                    "42[\"newListener\"]",
                    "42[\"connect_error\"]",
                    "42-1[\"echo\"]",
                    "4299999999999999999999[\"echo\"]",
                    "42/nowhere,[\"echo\"]",
                    "42[\"echo\",\"\\ud8\"]",
                    "42[\"echo\",\u0000]",
                    "451-[\"echo\",{\"_placeholder\":true,\"num\":1}]",
                    "451-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]",
                    "451-[\"echo\",{\"_placeholder\":true,\"num\":\"splice\"}]",
                    "451-[\"echo\"]",
                    "44{\"message\":\"x\"}")) {
                RawConnection connection = target.open().join();
                connection.write(Frames.text(packet));
            }
        }
        Target.await(target.all(), tally);
    }

    private static void early(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(200, 10); i++) {
            RawConnection connection = target.open().openSession();
            connection.write(Frames.text("42[\"echo\",1]"));
            tally.add(connection.outcome(ANSWER));
        }
    }

    private static void afterRefusal(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(200, 10); i++) {
            RawConnection connection = target.open().openSession();
            connection.write(Frames.text("40/private,{\"token\":\"forged\"}"));
            connection.readUntil(text -> text.startsWith("44/private,"), ANSWER);
            connection.write(Frames.text("42/private,[\"echo\",1]"));
            tally.add(connection.outcome(ANSWER));
        }
    }

    private static void longNumbers(Target target, Tally tally) throws IOException {
        String digits = "9".repeat(990_000);
        for (int i = 0; i < target.times(20, 2); i++) {
            send(target, tally, Frames.text("42[\"echo\"," + digits + "]"));
            send(target, tally, Frames.text("42[\"echo\",1e" + digits + "]"));
        }
    }

    private static void deepJson(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(20, 2); i++) {
            send(target, tally, Frames.text("42[\"echo\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]"));
            send(
                    target,
                    tally,
                    Frames.text("42[\"echo\"," + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "]"));
        }
    }

    private static void manyKeys(Target target, Tally tally) throws IOException {
        notes(target, tally, 90_000, i -> "k" + i);
    }

    /** Strings of "Aa" and "BB" all have the same hash code. */
    private static void equalHashes(Target target, Tally tally) throws IOException {
        notes(
                target,
                tally,
                1 << 15,
                i -> IntStream.range(0, 15)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()));
    }

    private static void notes(Target target, Tally tally, int keys, IntFunction<String> key) throws IOException {
        String more = IntStream.range(0, keys)
                .mapToObj(i -> "\"" + key.apply(i) + "\":1")
                .limit(990_000 / (key.apply(0).length() + 8))
                .collect(Collectors.joining(",", "{", "}"));
        for (int i = 0; i < target.times(20, 2); i++) {
            send(target, tally, Frames.text("421[\"note\",{\"text\":\"a\",\"more\":" + more + "}]"));
        }
    }

    private static void manyArguments(Target target, Tally tally) throws IOException {
        String arguments = ",0".repeat(400_000);
        for (int i = 0; i < target.times(10, 2); i++) {
            send(target, tally, Frames.text("421[\"note\"" + arguments + "]"));
            send(target, tally, Frames.text("421[\"echo\"" + arguments + "]"));
        }
    }

    private static void wrongTypes(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(200, 5); i++) {
            for (String payload : List.of("1", "[]", "{\"text\":{}}", "\"x\"", "null", "{\"more\":7}")) {
                send(target, tally, Frames.text("421[\"note\"," + payload + "]"));
            }
        }
    }

    private static void earlyAttachments(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(200, 10); i++) {
            RawConnection connection = target.open().openSession();
            connection.write(Frames.text("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]"));
            tally.add(connection.outcome(ANSWER));
        }
    }

    private static void manyAttachments(Target target, Tally tally) throws IOException {
        for (String count : List.of("11", "1000000", "2147483648", "99999999999999999999")) {
            for (int i = 0; i < target.times(50, 3); i++) {
                send(target, tally, Frames.text("45" + count + "-[\"echo\",{\"_placeholder\":true,\"num\":0}]"));
            }
        }
    }

    /** Whether many packets that lack an attachment are more than the memory holds: each may be ten times a message. */
    private static void unfinishedAttachments(Target target, Tally tally) throws IOException {
        String places = IntStream.range(0, 10)
                .mapToObj(i -> ",{\"_placeholder\":true,\"num\":" + i + "}")
                .collect(Collectors.joining());
        byte[] attachment = Frames.binary(new byte[990_000]);
        List<RawConnection> all = target.join(target.times(60, 3));
        for (RawConnection connection : all) {
            connection.write(Frames.text("4510-[\"echo\"" + places + "]"));
            for (int i = 0; i < 9; i++) {
                connection.write(attachment, Duration.ofSeconds(2));
            }
        }
        Target.await(all, tally);
    }

    private static void longMessagePack(Target target, Tally tally) throws IOException {
        byte[][] payloads = {
            {(byte) 0xdd, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xdf, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xc6, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xdb, (byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            Frames.repeated(new byte[] {(byte) 0x91}, 900_000),
            Frames.repeated(new byte[] {(byte) 0x81, (byte) 0xa1, 'a'}, 300_000)
        };
        for (int i = 0; i < target.times(20, 2); i++) {
            for (byte[] payload : payloads) {
                RawConnection connection = target.open().openSession();
                connection.write(Frames.binary(payload));
                tally.add(connection.outcome(ANSWER));
            }
        }
    }

    private static void acknowledgements(Target target, Tally tally) throws IOException {
        byte[] many = Frames.repeated(Frames.text("43123456[1]"), 100_000);
        flood(target, tally, many, target.times(20, 2));
    }

    private static void fastEvents(Target target, Tally tally) throws IOException {
        byte[] many = Frames.repeated(Frames.text("42[\"slow\",\"" + "a".repeat(100) + "\"]"), 100_000);
        flood(target, tally, many, target.times(20, 2));
    }

    private static void unreadAnswers(Target target, Tally tally) throws IOException, InterruptedException {
        byte[] many = Frames.repeated(Frames.text("421[\"echo\",\"" + "a".repeat(10_000) + "\"]"), 2_000);
        List<RawConnection> all = target.join(target.times(20, 3));
        for (RawConnection connection : all) {
            connection.write(many, Duration.ofSeconds(1));
        }
        Thread.sleep(15_000);
        Target.await(all, tally);
    }

    /** Sends for two seconds at most, then asks whether it is still served. */
    private static void flood(Target target, Tally tally, byte[] many, int connections) throws IOException {
        for (RawConnection connection : target.join(connections)) {
            boolean taken = connection.write(many, Duration.ofSeconds(2));
            if (taken) {
                connection.write(Frames.text("427[\"echo\"]"));
                boolean answered = !connection
                        .readUntil(text -> text.startsWith("437"), ANSWER)
                        .isEmpty();
                tally.add(answered ? "still served" : connection.outcome(Target.PATIENCE));
            } else {
                String outcome = connection.outcome(Duration.ofSeconds(1));
                tally.add(outcome.equals("nothing") ? "held back" : outcome);
            }
        }
    }

    private static void send(Target target, Tally tally, byte[] message) throws IOException {
        RawConnection connection = target.open().join();
        connection.write(message);
        boolean answered = !connection
                .readUntil(text -> text.startsWith("431["), Duration.ofSeconds(10))
                .isEmpty();
        tally.add(answered ? "answered" : connection.outcome(Target.PATIENCE));
        connection.close();
    }
}
