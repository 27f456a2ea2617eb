package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static io.tagstream.topology.TopologyDriver.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.state.EventTime;
import io.tagstream.state.StreamState;
import io.tagstream.state.StreamStateCodec;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.wire.OutgoingSentence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps at and beyond the end of time, under a time to live. */
class EventTimeTest {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final long MINUTE = TTL.toMillis();
    private static final long NOW = TopologyDriver.CLOCK.toEpochMilli();
    private static TaggerModel model;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void shouldCountATimeBeyondTheYear9999AsItsEnd() {
        assertThat(EventTime.END)
                .isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli());
        assertThat(EventTime.counted(Long.MAX_VALUE)).isEqualTo(EventTime.END);
        assertThat(EventTime.counted(EventTime.END + 1)).isEqualTo(EventTime.END);
        assertThat(EventTime.counted(EventTime.END - 1)).isEqualTo(EventTime.END - 1);
        assertThat(EventTime.counted(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 62, 253_402_300_800_000L, 32_503_680_000_000L})
    void shouldTagWhatFollowsATimeInTheFarFuture(long future) {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("a"), tokens("1", "I"), NOW);
            driver.send(key("a"), tokens("2", "I"), future);
            driver.send(key("b"), tokens("1", "I"), NOW + 1);
            driver.send(key("a"), tokens("3", "I"), NOW + 2);

            List<TestRecord<byte[], byte[]>> out = driver.output();
            assertThat(out)
                    .extracting(TestRecord::timestamp)
                    .as("each keeps its own time")
                    .containsExactly(NOW, future, NOW + 1, NOW + 2);
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheTimeOfADeadLetter() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("a"), new byte[] {1}, Long.MAX_VALUE);

            assertThat(driver.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.timestamp()).isEqualTo(Long.MAX_VALUE));
        }
    }

    @Test
    void shouldExpireNoOtherStreamForATimeInTheFarFuture() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            // A partition that lags behind the clock by years.
            driver.send(key("a"), tokens("1", "I"), 0);
            driver.send(key("b"), tokens("1", "I"), Long.MAX_VALUE);
            driver.send(key("c"), tokens("1", "I"), EventTime.END - 1);
            driver.send(key("a"), tokens("2", "I"), MINUTE);

            assertThat(driver.sentences())
                    .extracting(OutgoingSentence::sequence)
                    .containsExactly(1L, 1L, 1L, 2L);
            assertThat(driver.count(TaggingMetrics.EVICTIONS)).isZero();
        }
    }

    @Test
    void shouldGoOnRemovingExpiredStatesAfterATimeInTheFarFuture() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("old"), tokens("1", "I"), 0);
            driver.send(key("future"), tokens("1", "I"), Long.MAX_VALUE);
            driver.send(key("new"), tokens("1", "I"), 3 * MINUTE);

            assertThat(driver.store().get(Bytes.wrap(key("old")))).isNull();
            assertThat(driver.store().get(Bytes.wrap(key("new")))).isNotNull();
            assertThat(driver.count(TaggingMetrics.EVICTIONS)).isEqualTo(1);
        }
    }

    @Test
    void shouldRemoveExpiredStatesWhereTheClocksOfProducersAreAhead() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("old"), tokens("1", "I"), NOW - 10 * MINUTE);
            driver.send(key("new"), tokens("1", "I"), NOW + 10 * MINUTE);

            assertThat(driver.store().get(Bytes.wrap(key("old")))).isNull();
        }
    }

    @Test
    void shouldNotMakeItsOwnStreamImmortal() {
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.send(key("a"), tokens("1", "I"), NOW);
            driver.send(key("a"), tokens("2", "I"), Long.MAX_VALUE); // more than the time to live later
            driver.send(key("a"), tokens("3", "I"), NOW + 1);
            driver.send(key("a"), tokens("4", "I"), NOW + 1 + MINUTE);
            driver.send(key("a"), tokens("5", "I"), NOW + 2 + 2 * MINUTE);

            assertThat(driver.sentences())
                    .extracting(OutgoingSentence::sequence)
                    .containsExactly(1L, 1L, 2L, 3L, 1L);
        }
    }

    @Test
    void shouldReadAStateThatAnOlderBuildStoredWithTheLargestTime() {
        StreamStateCodec codec = new StreamStateCodec(model.fingerprint(), HiddenState.zero(model.contract()));
        byte[] stored = codec.encode(new StreamState(7, 70, Long.MAX_VALUE, HiddenState.zero(model.contract())));
        try (TopologyDriver driver = driver(settings().stateTtl(TTL))) {
            driver.store().put(Bytes.wrap(key("a")), stored);
            driver.send(key("a"), tokens("8", "I"), NOW);
            driver.send(key("a"), tokens("1", "I"), NOW + MINUTE + 1);

            assertThat(driver.sentences())
                    .extracting(OutgoingSentence::sequence)
                    .containsExactly(8L, 1L);
        }
    }

    @Test
    void shouldGiveARecordWithoutATimeThatOfItsPartitionUnlessThatIsBeyondTheEnd() {
        EventTimeExtractor extractor = new EventTimeExtractor();

        assertThat(extractor.extract(record(Long.MAX_VALUE), NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(extractor.extract(record(0), NOW)).isZero();
        assertThat(extractor.extract(record(-1), NOW)).isEqualTo(NOW);
        assertThat(extractor.extract(record(Long.MIN_VALUE), -1)).isZero();
        assertThat(extractor.extract(record(-1), Long.MAX_VALUE)).isZero();
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "sentences",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    private static TopologyDriver driver(StreamSettings.Builder settings) {
        StreamSettings built = settings.build();
        return new TopologyDriver(built, TaggingParts.of(built, model, Sentences::atBlanks));
    }
}
