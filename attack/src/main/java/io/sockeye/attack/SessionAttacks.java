// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import static io.sockeye.attack.Attack.quick;
import static io.sockeye.attack.Attack.slow;
import static io.sockeye.attack.Target.get;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Attacks on handshakes, sessions and transports, and storms of clients. */
final class SessionAttacks {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String ENDED = "close.*|disconnected";
    private static final String INVALID_TOKEN = "44/private,{\"message\":\"Authentication error: Invalid token\"}";
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private SessionAttacks() {}

    static List<Attack> all() {
        return List.of(
                quick("pages of other origins", "HTTP (400|403)", SessionAttacks::origins),
                quick("session ids that are guessed", "HTTP 400", SessionAttacks::guesses),
                quick("polls in parallel", "HTTP (200|400)|disconnected", SessionAttacks::parallelPolls),
                quick("POSTs in parallel", "HTTP (200|400|413)|disconnected", SessionAttacks::parallelPosts),
                quick("POSTs that are no packets", "HTTP 4..|session closed|ignored", SessionAttacks::brokenPosts),
                quick(
                        "POSTs of Engine.IO 3 with wrong lengths",
                        "HTTP 4..|session closed|ignored",
                        SessionAttacks::brokenPosts3),
                slow("sessions that are opened and left", "HTTP (200|429|503)", SessionAttacks::leftSessions),
                quick("upgrades that break the protocol", "HTTP 400|" + ENDED, SessionAttacks::upgrades),
                slow("upgrades that never end", "HTTP 400|" + ENDED, SessionAttacks::endlessUpgrades),
                slow("clients that join nothing", ENDED, SessionAttacks::joinless),
                slow("clients that answer no ping", ENDED, SessionAttacks::silentClients),
                quick("tokens that are forged", "refused", SessionAttacks::tokens),
                quick("namespaces without end", ENDED + "|refused|joined", SessionAttacks::namespaces),
                quick("rooms without end", "still served|" + ENDED, SessionAttacks::rooms),
                quick("connecting and leaving in turn", "still served|" + ENDED, SessionAttacks::joinsAndLeaves),
                quick("connections that come and go", "gone", SessionAttacks::comeAndGo));
    }

    private static void origins(Target target, Tally tally) throws IOException {
        for (String origin :
                List.of("https://evil.example", "null", "http://localhost.evil.example", "http://evil-localhost")) {
            for (int i = 0; i < target.times(50, 3); i++) {
                tally.add(target.ask(get(POLLING, "Origin: " + origin)));
                RawConnection connection = target.open();
                connection.shakeHands(WEBSOCKET, "Origin: " + origin);
                tally.add(connection.answer());
                RawConnection plain = target.open();
                tally.add(plain.shakeHands("/raw", "Origin: " + origin).answer());
            }
        }
    }

    private static void guesses(Target target, Tally tally) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < target.times(3_000, 100); i++) {
            byte[] id = new byte[15];
            random.nextBytes(id);
            String guess = Base64.getUrlEncoder().encodeToString(id);
            tally.add(target.ask(get(POLLING + "&sid=" + guess)));
        }
    }

    private static void parallelPolls(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(100, 10); i++) {
            String path = POLLING + "&sid=" + target.openPolling();
            List<RawConnection> polls = target.open(5);
            polls.forEach(poll -> poll.write(get(path)));
            polls.forEach(poll -> tally.add(poll.answer()));
        }
    }

    private static void parallelPosts(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(100, 10); i++) {
            String path = POLLING + "&sid=" + target.openPolling();
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n";
            List<RawConnection> posts = target.open(5);
            posts.forEach(each -> each.write(head));
            posts.forEach(each -> each.write("40"));
            posts.forEach(each -> tally.add(each.answer()));
        }
    }

    private static void brokenPosts(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(50, 3); i++) {
            for (String body :
                    List.of("", "9", "b", "b$$$$", "b" + "A".repeat(1_001), "\u001e".repeat(10_000), "4\u00ff")) {
                String path = POLLING + "&sid=" + target.openPolling();
                tally.add(target.post(path, body, "Content-Type: text/plain;charset=UTF-8"));
            }
            String path = POLLING + "&sid=" + target.openPolling();
            tally.add(target.post(path, "\0\1\2\u00ff4", "Content-Type: application/octet-stream"));
        }
    }

    private static void brokenPosts3(Target target, Tally tally) throws IOException {
        String handshake = "/socket.io/?EIO=3&transport=polling";
        for (int i = 0; i < target.times(50, 3); i++) {
            for (String body : List.of("-1:4", "0:", "99999999999:4", "1:44", "5:4", ":::::", "b4:$$$$")) {
                tally.add(target.post(handshake + "&sid=" + session3(target), body));
            }
            for (String body :
                    List.of("\0\u00ff", "\1\u00ff4", "\0\t\t\t\t\t\t\t\t\t\t\u00ff4", "\2\1\u00ff4", "\0\1\u00ff")) {
                String path = handshake + "&sid=" + session3(target);
                tally.add(target.post(path, body, "Content-Type: application/octet-stream"));
            }
        }
    }

    private static String session3(Target target) throws IOException {
        return target.openPolling("/socket.io/?EIO=3&transport=polling&b64=1");
    }

    private static void leftSessions(Target target, Tally tally) throws IOException, InterruptedException {
        for (int i = 0; i < target.times(4_000, 300); i++) {
            tally.add(target.ask(get(POLLING)));
        }
        // They end with the time to join a namespace.
        Thread.sleep(AttackedServer.DEADLINE.toMillis() + 1_000);
    }

    private static void upgrades(Target target, Tally tally) throws IOException {
        List<RawConnection> all = new ArrayList<>();
        for (int i = 0; i < target.times(50, 3); i++) {
            for (List<String> packets : List.of(
                    List.of("5"),
                    List.of("40"),
                    List.of("2probe", "2probe", "40"),
                    List.of("2probe", "40"),
                    List.of("6"))) {
                RawConnection connection = target.open();
                connection.shakeHands(WEBSOCKET + "&sid=" + target.openPolling());
                packets.forEach(packet -> connection.write(Frames.text(packet)));
                all.add(connection);
            }
            tally.add(target.open().shakeHands(WEBSOCKET + "&sid=nobody").answer());
        }
        Target.await(all, tally);
    }

    private static void endlessUpgrades(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(100, 5); i++) {
            String session = target.openPolling();
            for (int j = 0; j < 5; j++) {
                RawConnection connection = target.open();
                connection.shakeHands(WEBSOCKET + "&sid=" + session);
                connection.write(Frames.text("2probe"));
            }
        }
        Target.await(target.all(), tally);
    }

    private static void joinless(Target target, Tally tally) throws IOException {
        List<RawConnection> all = target.open(target.times(1_000, 100));
        all.forEach(RawConnection::openSession);
        Target.await(all, tally);
    }

    private static void silentClients(Target target, Tally tally) throws IOException {
        Target.await(target.join(target.times(1_000, 100)), tally);
    }

    private static void tokens(Target target, Tally tally) throws IOException {
        try {
            for (int i = 0; i < target.times(20, 2); i++) {
                for (String auth : ForgedTokens.missing()) {
                    String answer = authenticate(target, auth);
                    tally.add(
                            answer.startsWith("44/private,{\"message\":\"Authentication error: ") ? "refused" : answer);
                }
                for (String auth : ForgedTokens.forged()) {
                    String answer = authenticate(target, auth);
                    tally.add(answer.equals(INVALID_TOKEN) ? "refused" : answer);
                }
                String answer = authenticate(target, ForgedTokens.genuine());
                if (!answer.startsWith("40/private,")) {
                    tally.add("a good token: " + answer);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String authenticate(Target target, String auth) throws IOException {
        RawConnection connection = target.open().openSession();
        connection.write(Frames.text("40/private," + auth));
        String answer =
                connection.readUntil(text -> text.startsWith("44/private,") || text.startsWith("40/private,"), ANSWER);
        connection.close();
        return answer;
    }

    private static void namespaces(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(20, 2); i++) {
            RawConnection connection = target.open().openSession();
            int first = i * 1_000;
            for (int j = first; j < first + 1_000; j++) {
                connection.write(Frames.text("40/room-" + j + ","));
            }
            String last = "/room-" + (first + 999) + ",";
            String answer =
                    connection.readUntil(text -> text.startsWith("40" + last) || text.startsWith("44" + last), ANSWER);
            tally.add(
                    answer.startsWith("44")
                            ? "refused"
                            : answer.startsWith("40") ? "joined" : connection.outcome(ANSWER));
        }
    }

    private static void rooms(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(20, 2); i++) {
            RawConnection connection = target.open().join();
            int count = target.times(20_000, 2_000);
            for (int j = 0; j < count; j++) {
                connection.write(Frames.text("42[\"join\",\"room-" + i + "-" + j + "\"]"));
            }
            askWhetherServed(connection, tally);
        }
    }

    private static void joinsAndLeaves(Target target, Tally tally) throws IOException {
        byte[] cycle = Frames.repeated(Frames.text("41"), 1);
        for (int i = 0; i < target.times(20, 2); i++) {
            RawConnection connection = target.open().join();
            for (int j = 0; j < target.times(2_000, 200); j++) {
                connection.write(Frames.text("42[\"join\",\"lobby\"]"));
                connection.write(cycle);
                connection.write(Frames.text("40"));
                connection.readUntil(text -> text.startsWith("40{") || text.startsWith("44{"), ANSWER);
            }
            askWhetherServed(connection, tally);
        }
    }

    private static void askWhetherServed(RawConnection connection, Tally tally) {
        connection.write(Frames.text("427[\"echo\"]"));
        boolean answered = !connection
                .readUntil(text -> text.startsWith("437"), Target.PATIENCE)
                .isEmpty();
        tally.add(answered ? "still served" : connection.outcome(ANSWER));
    }

    private static void comeAndGo(Target target, Tally tally) throws IOException {
        for (int i = 0; i < target.times(5_000, 300); i++) {
            RawConnection connection = target.open();
            switch (i % 4) {
                case 0 -> {}
                case 1 -> connection.write("GET / HT");
                case 2 -> connection.shakeHands(WEBSOCKET);
                default -> connection.join();
            }
            connection.reset();
            tally.add("gone");
        }
    }
}
