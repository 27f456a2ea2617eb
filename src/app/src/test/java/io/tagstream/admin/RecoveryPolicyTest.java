package io.tagstream.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.stream.ForeignStateException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryPolicyTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    static Stream<Throwable> hopeless() {
        return Stream.of(
                new ForeignStateException("of another model"),
                new TopicAuthorizationException("not allowed"),
                new SaslAuthenticationException("wrong password"),
                new UnsupportedVersionException("too old"),
                new ConfigException("no such setting"),
                new RecordTooLargeException("too large"),
                new OutOfMemoryError("heap"));
    }

    static Stream<Throwable> ofTheBrokers() {
        return Stream.of(
                new TimeoutException("no progress"),
                new DisconnectException(),
                new MissingSourceTopicException("gone"),
                new java.util.concurrent.TimeoutException());
    }

    @ParameterizedTest
    @MethodSource("hopeless")
    void shouldStopAtOnceForWhatNoNewThreadCures(Throwable cause) {
        assertThat(policy(1)
                        .judge(new StreamsException(new StreamsException(cause)))
                        .replace())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("ofTheBrokers")
    void shouldReplaceThreadsForAsLongAsTheBrokersAreAway(Throwable cause) {
        RecoveryPolicy policy = policy(1);
        for (int failure = 1; failure <= 1000; failure++) {
            RecoveryPolicy.Verdict verdict = policy.judge(new StreamsException(cause));
            assertThat(verdict.replace()).isTrue();
            assertThat(verdict.pause()).isBetween(RecoveryPolicy.FIRST_WAIT, RecoveryPolicy.LONGEST_WAIT);
            pass(verdict.pause());
        }
    }

    @Test
    void shouldStopAtTheFirstFailureAboveTheLimit() {
        RecoveryPolicy policy = policy(1);
        for (int failure = 1; failure <= RecoveryPolicy.MOST_FAILURES; failure++) {
            assertThat(policy.judge(any()).replace()).as("failure %s", failure).isTrue();
        }
        assertThat(policy.judge(any()).replace()).isFalse();
    }

    @Test
    void shouldBearThatOneCauseTakesAllThreads() {
        RecoveryPolicy policy = policy(3);
        for (int failure = 1; failure <= 3 * RecoveryPolicy.MOST_FAILURES; failure++) {
            assertThat(policy.judge(any()).replace()).isTrue();
        }
        assertThat(policy.judge(any()).replace()).isFalse();
    }

    @Test
    void shouldForgetFailuresAfterTheWindow() {
        RecoveryPolicy policy = policy(1);
        for (int failure = 1; failure <= RecoveryPolicy.MOST_FAILURES; failure++) {
            assertThat(policy.judge(any()).replace()).isTrue();
        }
        pass(RecoveryPolicy.WINDOW.plusNanos(1));

        RecoveryPolicy.Verdict verdict = policy.judge(any());
        assertThat(verdict.replace()).isTrue();
        assertThat(verdict.pause()).isEqualTo(RecoveryPolicy.FIRST_WAIT);
    }

    @Test
    void shouldNotCountAgainstTheLimitWhatTheBrokersDid() {
        RecoveryPolicy policy = policy(1);
        for (int failure = 1; failure <= 100; failure++) {
            assertThat(policy.judge(new TimeoutException("away")).replace()).isTrue();
        }
        assertThat(policy.judge(any()).replace()).isTrue();
    }

    @Test
    void shouldWaitTwiceAsLongEachTimeUpToALimit() {
        RecoveryPolicy policy = policy(2);
        Throwable away = new TimeoutException("away");

        assertThat(Stream.generate(() -> policy.judge(away).pause().toSeconds()).limit(14))
                .containsExactly(1L, 1L, 2L, 2L, 4L, 4L, 8L, 8L, 16L, 16L, 30L, 30L, 30L, 30L);
    }

    @Test
    void shouldNotLoseItselfInACauseThatIsItsOwn() {
        Throwable first = new StreamsException("a");
        Throwable second = new StreamsException("b", first);
        first.initCause(second);

        assertThat(policy(1).judge(first).replace()).isTrue();
    }

    private static Throwable any() {
        return new ProcessorStateException("the disk is full");
    }

    private RecoveryPolicy policy(int threads) {
        return new RecoveryPolicy(threads, RecoveryPolicy.FIRST_WAIT, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
