// SPDX-License-Identifier: Apache-2.0
package io.sockeye.guard;

import io.sockeye.api.RefusalReason;
import io.sockeye.internal.transport.IpAddresses;
import io.sockeye.internal.transport.KeyedCounts;
import io.sockeye.internal.transport.Refusals;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts Socket.IO sessions and plain WebSockets, all of them and those of each address, and says who is one too many. Any thread.
 *
 * <p>A Socket.IO client can only be told why it is refused once it has a session, so some sessions are let in for that alone: they are
 * turned away. There is a bound on these too.
 */
/* What is counted is counted in one place, where the connection is made known, and uncounted where it is forgotten, so no way of
 * ending can be missed. Handshakes ask beforehand, and may be answered wrongly when many come at the same moment: the count decides.
 */
public final class ConnectionLimits {
    /** What stands for no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** How long a client may take to hear that it is turned away. */
    public static final long TURN_AWAY_MILLIS = 5_000;

    private static final int MAX_TURNED_AWAY = 256;

    private final int total;
    private final boolean perAddress;
    private final Refusals refusals;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final KeyedCounts addresses;

    /**
     * Limits, of which each may be {@link #UNLIMITED}.
     *
     * @param total the most connections
     * @param perAddress the most connections of one address
     */
    public ConnectionLimits(int total, int perAddress, Refusals refusals) {
        this.total = total;
        this.perAddress = perAddress != UNLIMITED;
        this.refusals = refusals;
        this.addresses = new KeyedCounts(perAddress);
    }

    /** No limits. */
    public static ConnectionLimits none() {
        return new ConnectionLimits(UNLIMITED, UNLIMITED, new Refusals());
    }

    /** What a client is told that is one too many. */
    public static String message(RefusalReason reason) {
        return switch (reason) {
            case ADDRESS -> "Too many connections from this address";
            case USER -> "Too many connections of this user";
            default -> "Server at capacity, try again later";
        };
    }

    /** Counts and logs what is refused. */
    public Refusals refusals() {
        return refusals;
    }

    /** Why a connection would be refused now, or null if it would not be. */
    public @Nullable RefusalReason refusal(String address) {
        if (open.get() >= total) {
            return RefusalReason.CAPACITY;
        }
        return perAddress && addresses.full(IpAddresses.site(address)) ? RefusalReason.ADDRESS : null;
    }

    /**
     * Counts a connection, unless it is one too many; {@link #leave} takes it back.
     *
     * @return why it was not counted, or null if it was
     */
    public @Nullable RefusalReason enter(String address) {
        if (open.incrementAndGet() > total) {
            open.decrementAndGet();
            return refused(RefusalReason.CAPACITY);
        }
        if (perAddress && !addresses.enter(IpAddresses.site(address))) {
            open.decrementAndGet();
            return refused(RefusalReason.ADDRESS);
        }
        return null;
    }

    private RefusalReason refused(RefusalReason reason) {
        refusals.count(reason);
        return reason;
    }

    /** A connection that was counted has ended. */
    public void leave(String address) {
        open.decrementAndGet();
        if (perAddress) {
            addresses.leave(IpAddresses.site(address));
        }
    }

    /** Whether one more client may have a session in order to be turned away. */
    public boolean mayTurnAway() {
        return turnedAway.get() < MAX_TURNED_AWAY;
    }

    /** Counts a client that is turned away, if there may be one more. */
    public boolean turnAway() {
        if (turnedAway.incrementAndGet() > MAX_TURNED_AWAY) {
            turnedAway.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A client that was turned away has gone. */
    public void turnedAwayLeft() {
        turnedAway.decrementAndGet();
    }

    /** How many connections are counted. */
    public int open() {
        return open.get();
    }

    /** How many clients are being turned away. */
    public int turnedAway() {
        return turnedAway.get();
    }

    /** How many addresses are kept. */
    public int addresses() {
        return addresses.size();
    }
}
