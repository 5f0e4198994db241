// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoop;
import io.sockeye.app.bench.client.ClientLoops;
import io.sockeye.app.bench.client.Session;
import io.sockeye.app.bench.client.SessionListener;
import io.sockeye.app.bench.wire.PacketFormat;
import io.sockeye.app.bench.wire.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages to rooms. With one room, a session beyond the members publishes; with several, the members of the next room do,
 * each in turn. So each message has as many deliveries as the room has members.
 */
final class PublishScenario implements Scenario, Traffic {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BenchSettings settings;
    private final Crowd crowd;
    private final int members;
    private final int roomSize;
    private final int times;
    private final boolean closed;
    private final AtomicLong turns = new AtomicLong();
    private final List<Pacer> pacers = new ArrayList<>();
    private List<ClientLoop> loops = List.of();
    private List<Room> rooms = List.of();
    private List<Delivery> deliveries = List.of();
    private volatile boolean stopped;

    PublishScenario(BenchSettings settings) {
        this.settings = settings;
        members = settings.load().connections();
        roomSize = settings.mode() == Mode.ROOMS ? Math.min(settings.load().roomSize(), members) : members;
        times = settings.mode() == Mode.BURSTS ? settings.load().burst() : 1;
        closed = settings.pace().rate().isEmpty();
        int publishers = roomSize == members ? 1 : 0;
        crowd = new Crowd(
                members + publishers, settings.stalled(), settings.pace().connectRate(), this);
    }

    @Override
    public SessionListener listener() {
        return crowd;
    }

    @Override
    public @Nullable String failure() {
        return crowd.failure();
    }

    @Override
    public void prepare(ClientLoops clientLoops, Progress progress) throws InterruptedException {
        loops = clientLoops.all();
        crowd.open(clientLoops, progress);
        int count = (members + roomSize - 1) / roomSize;
        rooms = IntStream.range(0, count).mapToObj(index -> room(index, count)).toList();
        crowd.join(number -> number < members ? rooms.get(number / roomSize).join() : null, progress);
        joinQuietRooms(progress);
        crowd.stall();
    }

    private void joinQuietRooms(Progress progress) throws InterruptedException {
        PacketFormat format = settings.target().format();
        for (int quiet = 0; quiet < settings.load().quietRooms(); quiet++) {
            String prefix = "quiet-" + quiet + "-";
            crowd.join(number -> number < members ? format.join(prefix + number) : null, progress);
        }
    }

    @Override
    public void start() {
        if (closed) {
            int inFlight = settings.pace().inFlight();
            deliveries = IntStream.range(0, inFlight)
                    .mapToObj(tag -> new Delivery(loops.size()))
                    .toList();
            IntStream.range(0, inFlight).forEach(this::publishNext);
            return;
        }
        double rate = settings.pace().rate().getAsDouble();
        for (ClientLoop loop : loops) {
            Pacer pacer = new Pacer(loop, loops.size(), rate, this::publishAt);
            pacers.add(pacer);
            loop.execute(pacer);
        }
    }

    @Override
    public void check() {
        long limit = Stamp.of(Math.max(loops.get(0).nanos() - DEADLINE_NANOS, 0), 0);
        for (int tag = 0; tag < deliveries.size(); tag++) {
            if (deliveries.get(tag).overdue(limit)) {
                publishNext(tag);
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
        pacers.forEach(Pacer::stop);
    }

    @Override
    public int stalledLost() {
        return crowd.stalledLost();
    }

    @Override
    public void delivered(Session session, long stamp) {
        ClientLoop loop = session.loop();
        loop.meter().operation(Stamp.nanos(stamp), loop.arrivalNanos());
        if (closed) {
            int tag = Stamp.tag(stamp);
            if (tag < deliveries.size() && deliveries.get(tag).arrived(stamp, loop.index()) && !stopped) {
                publishNext(tag);
            }
        }
    }

    private Room room(int index, int count) {
        PacketFormat format = settings.target().format();
        String name = "room-" + index;
        int[] readersByLoop = new int[loops.size()];
        int readers = 0;
        for (int number = index * roomSize; number < Math.min((index + 1) * roomSize, members); number++) {
            if (number >= settings.stalled()) {
                readersByLoop[crowd.session(number).loop().index()]++;
                readers++;
            }
        }
        int publishersOf = (index + 1) % count;
        List<Session> publishers = count == 1
                ? List.of(crowd.session(members))
                : IntStream.range(publishersOf * roomSize, Math.min((publishersOf + 1) * roomSize, members))
                        .mapToObj(crowd::session)
                        .toList();
        return new Room(
                format.join(name),
                format.publish(name, settings.load().payloadBytes()),
                readers,
                IntStream.of(readersByLoop).boxed().toList(),
                publishers);
    }

    private void publishNext(int tag) {
        long turn = turns.getAndIncrement();
        Room room = rooms.get((int) (turn % rooms.size()));
        Session publisher = room.publisher(turn / rooms.size());
        publisher.loop().execute(() -> {
            long stamp = Stamp.of(publisher.loop().nanos(), tag);
            deliveries.get(tag).begin(stamp, room.readersByLoop(), times);
            publish(publisher, room, stamp);
        });
    }

    private void publishAt(long due) {
        long turn = turns.getAndIncrement();
        Room room = rooms.get((int) (turn % rooms.size()));
        Session publisher = room.publisher(turn / rooms.size());
        publisher.loop().execute(() -> publish(publisher, room, Stamp.of(due, 0)));
    }

    private void publish(Session publisher, Room room, long stamp) {
        publisher.loop().meter().sent(times, times * room.readers());
        publisher.send(room.publish(), stamp, times);
    }
}
