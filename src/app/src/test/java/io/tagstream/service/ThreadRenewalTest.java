package io.tagstream.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadRenewalTest {
    private final List<String> done = new ArrayList<>();
    private final Deque<Boolean> added = new ArrayDeque<>();
    private int patience = Integer.MAX_VALUE;

    private ThreadRenewal renewal(int threads) {
        return new ThreadRenewal(
                timeout -> done.add("removed"),
                () -> {
                    boolean could = added.isEmpty() || added.pop();
                    done.add(could ? "added" : "not added");
                    return could;
                },
                threads,
                () -> false,
                cause -> {
                    assertThat(cause).hasMessageContaining("did not start another stream thread");
                    return patience-- > 0;
                });
    }

    @Test
    void shouldReplaceEachThreadAfterTheOther() {
        renewal(2).renew(Duration.ofHours(1));
        assertThat(done).containsExactly("removed", "added", "removed", "added");
    }

    @Test
    void shouldTryAgainWhereAThreadCannotBeAdded() {
        added.addAll(List.of(false, false, true));
        renewal(1).renew(Duration.ofHours(1));
        assertThat(done).containsExactly("removed", "not added", "not added", "added");
    }

    @Test
    void shouldGiveUpWhenItIsToldTo() {
        added.addAll(List.of(false, false, false));
        patience = 1;
        ThreadRenewal renewal = renewal(3);
        renewal.renew(Duration.ofHours(1));
        assertThat(done).containsExactly("removed", "not added", "not added");
        assertThat(renewal.isUnderWay()).isFalse();
    }
}
