package io.tagstream.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private long timeOfDay = 1_000_000;
    private long elapsed = 77;
    private final List<Long> setBack = new ArrayList<>();
    private final ClockWatch watch = new ClockWatch(() -> timeOfDay, () -> elapsed, by -> {
        setBack.add(by.toMillis());
        if (setBack.size() == 1) {
            throw new IllegalStateException("no matter");
        }
    });

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void shouldTellByHowMuchTheClockWasSetBackEachTime() {
        pass(1_000, 0);
        pass(1_000, -3_600_000);
        pass(1_000, 0);
        pass(3_000, -20_000);

        assertThat(setBack).containsExactly(3_600_000L, 20_000L);
    }

    @Test
    void shouldNotMindAClockThatIsSlewedOrSetForwards() {
        pass(1_000, -ClockWatch.TOLERANCE.toMillis());
        pass(1_000, 86_400_000);
        for (int look = 0; look < 100; look++) {
            pass(1_000, -100);
        }

        assertThat(setBack).isEmpty();
    }

    @Test
    void shouldTellThatTheClockWasSetBackToWhereItHadBeen() {
        pass(1_000, 86_400_000);
        pass(1_000, -86_400_000);

        assertThat(setBack).containsExactly(Duration.ofDays(1).toMillis());
    }

    private void pass(long millis, long step) {
        elapsed += TimeUnit.MILLISECONDS.toNanos(millis);
        timeOfDay += millis + step;
        watch.look();
    }
}
