// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.testing.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private final ManualLoop loop = new ManualLoop();
    private final TimerWheel wheel = new TimerWheel(loop, loop::nanoTime);

    /** Notes when it was called. */
    private final class Note extends Timed {
        private final List<Long> calls = new ArrayList<>();

        @Override
        protected void onDeadline() {
            calls.add(loop.nanoTime() / 1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 11, 50, 10_229, 10_230, 10_240, 10_250, 25_000, 102_400})
    void aDeadlineComesOnceNeverEarlyAndAtMostOneTickLate(long delay) {
        loop.advance(3);
        Note note = new Note();
        wheel.schedule(note, delay);
        loop.advance(delay + 50);
        assertThat(note.calls).hasSize(1);
        assertThat(note.calls.get(0)).isBetween(3 + delay, 3 + delay + 21);
        assertThat(note.scheduled()).isFalse();
        loop.advance(12_000);
        assertThat(note.calls).hasSize(1);
    }

    @Test
    void aCancelledDeadlineNeverComesAndCancellingTwiceIsHarmless() {
        Note note = new Note();
        wheel.cancel(note);
        wheel.schedule(note, 20);
        assertThat(note.scheduled()).isTrue();
        wheel.cancel(note);
        wheel.cancel(note);
        loop.advance(12_000);
        assertThat(note.calls).isEmpty();
    }

    @Test
    void aDeadlineThatIsMovedComesAtTheNewTimeOnly() {
        Note note = new Note();
        wheel.schedule(note, 20);
        wheel.schedule(note, 500);
        loop.advance(400);
        assertThat(note.calls).isEmpty();
        loop.advance(200);
        assertThat(note.calls).hasSize(1);
    }

    @Test
    void anEarlierDeadlineIsNotHeldUpByALaterOne() {
        Note later = new Note();
        Note sooner = new Note();
        wheel.schedule(later, 5_000);
        wheel.schedule(sooner, 30);
        loop.advance(60);
        assertThat(sooner.calls).hasSize(1);
        loop.advance(5_000);
        assertThat(later.calls).hasSize(1);
    }

    @Test
    void aCallMayScheduleItselfAndCancelOthers() {
        Note other = new Note();
        List<Long> beats = new ArrayList<>();
        Timed heart = new Timed() {
            @Override
            protected void onDeadline() {
                beats.add(loop.nanoTime());
                wheel.cancel(other);
                wheel.schedule(this, 100);
            }
        };
        wheel.schedule(other, 150);
        wheel.schedule(heart, 100);
        loop.advance(1_050);
        assertThat(beats).hasSizeBetween(9, 10);
        assertThat(other.calls).isEmpty();
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            wheel.schedule(
                    new Timed() {
                        @Override
                        protected void onDeadline() {
                            throw new IllegalStateException("broken");
                        }
                    },
                    20);
            notes.add(new Note());
            wheel.schedule(notes.get(i), 20 + 100 * i);
        }
        loop.advance(400);
        assertThat(notes).allSatisfy(note -> assertThat(note.calls).hasSize(1));
    }

    @Test
    void aWakeThatComesTooEarlyIsMadeUpFor() {
        Note note = new Note();
        wheel.schedule(note, 50);
        loop.runNextTooEarly();
        assertThat(note.calls).isEmpty();
        loop.advance(100);
        assertThat(note.calls).hasSize(1);
    }

    @Test
    void aLoopThatStoodStillForLongerThanARoundLosesNothing() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            notes.add(new Note());
            wheel.schedule(notes.get(i), 1_000L * i);
        }
        loop.letPass(60_000);
        loop.runDue();
        assertThat(notes).allSatisfy(note -> assertThat(note.calls).hasSize(1));
    }

    @Test
    void anEmptyWheelDoesNotWakeTheLoop() {
        Note note = new Note();
        wheel.schedule(note, 50);
        loop.advance(200);
        assertThat(loop.scheduled()).isZero();
    }

    @Test
    void heartbeatsOfManyDoNotPileUpWakes() {
        List<Note> notes = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 20; i++) {
                Note note = new Note();
                notes.add(note);
                wheel.schedule(note, 25_000 - i);
            }
            loop.advance(20);
        }
        assertThat(loop.scheduled()).isLessThan(10);
        loop.advance(30_000);
        assertThat(notes).allSatisfy(note -> assertThat(note.calls).hasSize(1));
    }

    @Test
    void chanceFindsNoDeadlineThatIsEarlyLateOrForgotten() {
        Random random = new Random(7);
        List<Note> notes = new ArrayList<>();
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            notes.add(new Note());
            due.add(-1L);
        }
        for (int step = 0; step < 3_000; step++) {
            int i = random.nextInt(notes.size());
            if (random.nextInt(4) == 0) {
                wheel.cancel(notes.get(i));
                due.set(i, -1L);
            } else if (!notes.get(i).scheduled()) {
                long delay = random.nextInt(30_000);
                notes.get(i).calls.clear();
                wheel.schedule(notes.get(i), delay);
                due.set(i, loop.nanoTime() / 1_000_000 + delay);
            }
            loop.advance(random.nextInt(20));
        }
        loop.advance(31_000);
        for (int i = 0; i < notes.size(); i++) {
            if (due.get(i) >= 0) {
                assertThat(notes.get(i).calls).hasSize(1);
                assertThat(notes.get(i).calls.get(0)).isBetween(due.get(i), due.get(i) + 21);
            }
        }
    }

    @Test
    void otherThreadsMayNotTouchIt() {
        loop.outside(() ->
                assertThatThrownBy(() -> wheel.schedule(new Note(), 10)).isInstanceOf(IllegalStateException.class));
    }
}
