package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.beginning;
import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static io.tagstream.topology.TopologyDriver.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.state.StateEviction;
import io.tagstream.stream.ForeignStateException;
import io.tagstream.stream.ForeignStatePolicy;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.wire.OutgoingSentence;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expiry, eviction, and states that this model cannot use. */
class StateLifeTest {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final long MINUTE = TTL.toMillis();
    private static TaggerModel model;
    private static TaggerModel other;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().open();
        other = TinyModels.lstm().seed(99).open();
    }

    @AfterAll
    static void close() {
        model.close();
        other.close();
    }

    @Test
    void shouldStartAfreshAfterMoreThanTheTimeToLive() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("a"), tokens("1", "I"), 0);
            driver.send(key("a"), tokens("2", "eat"), MINUTE);
            driver.send(key("a"), tokens("3", "eat"), 2 * MINUTE + 1);
            driver.send(key("b"), tokens("4", "eat"), 2 * MINUTE + 1);

            List<OutgoingSentence> out = driver.sentences();
            assertThat(out).extracting(OutgoingSentence::sequence).containsExactly(1L, 2L, 1L, 1L);
            assertThat(out.get(2).stateDigest())
                    .isEqualTo(out.get(3).stateDigest())
                    .isNotEqualTo(out.get(1).stateDigest());
            assertThat(driver.count(TaggingMetrics.EXPIRIES)).isEqualTo(1);
        }
    }

    @Test
    void shouldNotTurnBackTheTimeForAnEventThatComesLate() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("a"), tokens("1", "I"), 10 * MINUTE);
            driver.send(key("a"), tokens("2", "I"), 0);
            driver.send(key("a"), tokens("3", "I"), 11 * MINUTE);

            assertThat(driver.sentences())
                    .extracting(OutgoingSentence::sequence)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void shouldNeverExpireWithoutATimeToLive() {
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("1", "I"), 0);
            driver.send(key("a"), tokens("2", "I"), Long.MAX_VALUE / 2);

            assertThat(driver.sentences())
                    .extracting(OutgoingSentence::sequence)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void shouldRemoveWhatWouldStartAfreshAnywayAndNothingElse() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("old"), tokens("1", "I"), 0);
            driver.send(key("late"), tokens("1", "I"), 2 * MINUTE);
            driver.send(key("new"), tokens("1", "I"), 3 * MINUTE);

            assertThat(driver.store().get(Bytes.wrap(key("old")))).isNull();
            assertThat(driver.store().get(Bytes.wrap(key("late")))).isNotNull();
            assertThat(driver.store().get(Bytes.wrap(key("new")))).isNotNull();
            assertThat(driver.count(TaggingMetrics.EVICTIONS)).isEqualTo(1);
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldNotClearTheStoreForOneRecordFromTheFuture() {
        long now = TopologyDriver.CLOCK.toEpochMilli();
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("a"), tokens("1", "I"), now);
            driver.send(key("b"), tokens("1", "I"), now + 1000 * MINUTE);
            driver.send(key("b"), tokens("2", "I"), now + 2000 * MINUTE);
            driver.send(key("a"), tokens("2", "I"), now + 1);

            assertThat(driver.sentences().get(3).sequence()).isEqualTo(2);
        }
    }

    @Test
    void shouldGoRoundAllStatesABoundedNumberAtATime() {
        int streams = 2 * StateEviction.SCAN_SIZE + 10;
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            for (int i = 0; i < streams; i++) {
                driver.send(key("s" + i), tokens("1", "I"), 0);
            }
            driver.send(key("zz"), tokens("1", "I"), 10 * MINUTE);
            assertThat(driver.count(TaggingMetrics.EVICTIONS)).isEqualTo(StateEviction.SCAN_SIZE);
            driver.send(key("zz"), tokens("2", "I"), 10 * MINUTE + 1000);
            driver.send(key("zz"), tokens("3", "I"), 10 * MINUTE + 2000);
            driver.send(key("zz"), tokens("4", "I"), 10 * MINUTE + 3000);

            assertThat(driver.count(TaggingMetrics.EVICTIONS)).isEqualTo(streams);
            assertThat(driver.sentences().get(streams + 3).sequence()).isEqualTo(4);
        }
    }

    @Test
    void shouldResetAStateOfAnotherModelAndKeepTheCount() {
        byte[] foreign = stateOf(other);
        try (TopologyDriver driver = driver(settings())) {
            driver.store().put(Bytes.wrap(key("a")), foreign);
            driver.send(key("a"), tokens("3", "I"));
            driver.send(key("b"), beginning("1", "I"));

            List<OutgoingSentence> out = driver.sentences();
            assertThat(out.get(0).sequence()).isEqualTo(3);
            assertThat(out.get(0).stateDigest()).isEqualTo(out.get(1).stateDigest());
            assertThat(driver.count(TaggingMetrics.STATE_RESETS)).isEqualTo(1);
        }
    }

    @Test
    void shouldResetATornStateToTheVeryBeginning() {
        byte[] torn = stateOf(model);
        torn[60] ^= 1;
        byte[] unknown = stateOf(model);
        unknown[0] = 2;
        try (TopologyDriver driver = driver(settings())) {
            driver.store().put(Bytes.wrap(key("a")), torn);
            driver.store().put(Bytes.wrap(key("b")), unknown);
            driver.store().put(Bytes.wrap(key("c")), new byte[0]);
            for (String stream : List.of("a", "b", "c")) {
                driver.send(key(stream), tokens("1", "I"));
            }

            assertThat(driver.sentences())
                    .extracting(OutgoingSentence::sequence)
                    .containsExactly(1L, 1L, 1L);
            assertThat(driver.count(TaggingMetrics.STATE_RESETS)).isEqualTo(3);
        }
    }

    @Test
    void shouldStopOnAStateOfAnotherModelWhereThePolicySaysSo() {
        byte[] foreign = stateOf(other);
        try (TopologyDriver driver = driver(settings().foreignState(ForeignStatePolicy.FAIL))) {
            driver.store().put(Bytes.wrap(key("a")), foreign);

            assertThatThrownBy(() -> driver.send(key("a"), tokens("3", "I")))
                    .hasStackTraceContaining(ForeignStateException.class.getName())
                    .hasStackTraceContaining(other.fingerprint());
            assertThat(driver.store().get(Bytes.wrap(key("a")))).isEqualTo(foreign);
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    /** The stored state of a stream of two sentences. */
    private static byte[] stateOf(TaggerModel writer) {
        StreamSettings settings = settings().build();
        try (TopologyDriver driver =
                new TopologyDriver(settings, TaggingParts.of(settings, writer, Sentences::atBlanks))) {
            driver.send(key("a"), tokens("1", "I", "eat"));
            driver.send(key("a"), tokens("2", "apple"));
            return driver.store().get(Bytes.wrap(key("a")));
        }
    }

    private static TopologyDriver driver(StreamSettings.Builder settings) {
        StreamSettings built = settings.build();
        return new TopologyDriver(built, TaggingParts.of(built, model, Sentences::atBlanks));
    }
}
