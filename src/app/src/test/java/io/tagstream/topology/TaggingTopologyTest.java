package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.beginning;
import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.text;
import static io.tagstream.fixture.Sentences.tokens;
import static io.tagstream.topology.TopologyDriver.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.text.Token;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import io.tagstream.wire.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaggingTopologyTest {
    private TaggerModel model;
    private SentenceTagger tagger;
    private HiddenState zero;

    @BeforeEach
    void open() {
        model = TinyModels.lstm().lookAhead(1).open();
        tagger = model.newTagger();
        zero = HiddenState.zero(model.contract());
    }

    @AfterEach
    void close() {
        tagger.close();
        model.close();
    }

    @Test
    void shouldTagEachStreamFromItsOwnState() throws Exception {
        TaggedText first = tag(zero, "I", "eat", "apple");
        TaggedText second = tag(first.next(), "I", "work", "at", "apple");
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("1", "I", "eat", "apple"));
            driver.send(key("b"), tokens("1", "I", "eat", "apple"));
            driver.send(key("a"), tokens("2", "I", "work", "at", "apple"));

            assertThat(driver.sentences()).containsExactly(out("1", 1, first), out("1", 1, first), out("2", 2, second));
            assertThat(second.next().digest()).isNotEqualTo(first.next().digest());
            assertThat(driver.count(TaggingMetrics.SENTENCES)).isEqualTo(3);
            assertThat(driver.count(TaggingMetrics.TOKENS)).isEqualTo(10);
        }
    }

    @Test
    void shouldPutOutUnderTheKeyTimeAndHeadersThatCameIn() {
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("1", "I"), 12345, new RecordHeaders().add("traceparent", key("00-1")));

            TestRecord<byte[], byte[]> record = driver.output().get(0);
            assertThat(record.key()).isEqualTo(key("a"));
            assertThat(record.timestamp()).isEqualTo(12345);
            assertThat(record.headers().lastHeader("traceparent").value()).isEqualTo(key("00-1"));
        }
    }

    @Test
    void shouldForgetTheStreamOnATombstoneAndPutNothingOut() {
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("1", "I", "eat"));
            driver.send(key("a"), null);
            assertThat(driver.output()).hasSize(1);
            assertThat(driver.store().get(Bytes.wrap(key("a")))).isNull();

            driver.send(key("a"), tokens("2", "apple"));
            assertThat(driver.sentences()).containsExactly(out("2", 1, tag(zero, "apple")));
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldForgetTheStateButNotTheCountWhereADocumentBegins() {
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("1", "I", "eat"));
            driver.send(key("a"), beginning("2", "apple"));

            assertThat(driver.sentences().get(1)).isEqualTo(out("2", 2, tag(zero, "apple")));
        }
    }

    @Test
    void shouldCutTextIntoTokensWithOffsets() {
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), text("1", " I  eat"));

            List<Token> cut = List.of(new Token("I", 1, 2), new Token("eat", 4, 7));
            assertThat(driver.sentences()).containsExactly(out("1", 1, tagger.tag(cut, zero)));
        }
    }

    @Test
    void shouldKeepTheStateThroughASentenceWithoutTokens() {
        TaggedText first = tag(zero, "I", "eat");
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("1", "I", "eat"));
            driver.send(key("a"), text("2", "  "));
            driver.send(key("a"), tokens("3"));
            driver.send(key("a"), tokens("4", "apple"));

            assertThat(driver.sentences())
                    .containsExactly(
                            out("1", 1, first),
                            out("2", 2, new TaggedText(List.of(), first.next())),
                            out("3", 3, new TaggedText(List.of(), first.next())),
                            out("4", 4, tag(first.next(), "apple")));
        }
    }

    @Test
    void shouldPutOutOneRecordATokenWhenAskedTo() throws Exception {
        try (TopologyDriver driver = driver(settings().emit(Emit.TOKEN))) {
            driver.send(key("a"), tokens("1", "I", "eat"));
            driver.send(key("a"), tokens("2"));
            driver.send(key("a"), tokens("3", "apple"));

            List<OutgoingToken> put = driver.output().stream()
                    .map(record -> {
                        try {
                            return WireFormats.tokenReader(OutputFormat.AVRO).read(record.value());
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
            assertThat(put)
                    .isEqualTo(Stream.concat(
                                    OutgoingToken.split(
                                            out("1", 1, tag(zero, "I", "eat")).from(at(0)))
                                            .stream(),
                                    OutgoingToken.split(out(
                                                            "3",
                                                            3,
                                                            tag(
                                                                    tag(zero, "I", "eat")
                                                                            .next(),
                                                                    "apple"))
                                                    .from(at(2)))
                                            .stream())
                            .toList());
        }
    }

    @Test
    void shouldNameTheInputRecordAndTheEventAfterItWhereTheEventHasNoId() {
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("mine", "I"));
            driver.send(key("a"), text("", "eat"));

            assertThat(driver.sentencesWithSource())
                    .extracting(OutgoingSentence::sentenceId, OutgoingSentence::source, OutgoingSentence::text)
                    .containsExactly(tuple("mine", at(0), null), tuple("sentences-0-1", at(1), null));
        }
    }

    @Test
    void shouldPutOutTheTextWhenAskedTo() {
        try (TopologyDriver driver = driver(settings().includeText(true))) {
            driver.send(key("a"), tokens("1", "I"));
            driver.send(key("a"), text("2", " eat 🍎 "));

            assertThat(driver.sentences()).extracting(OutgoingSentence::text).containsExactly(null, " eat 🍎 ");
        }
    }

    @Test
    void shouldTagPlainLinesAndPutOutJson() throws Exception {
        try (TopologyDriver driver = driver(settings().inputFormat(InputFormat.TEXT))) {
            driver.send(key("a"), "I eat apple".getBytes(StandardCharsets.UTF_8));

            byte[] value = driver.output().get(0).value();
            assertThat(new String(value, StandardCharsets.UTF_8)).startsWith("{");
            assertThat(WireFormats.sentenceReader(OutputFormat.JSON).read(value).tokens())
                    .hasSize(3);
        }
    }

    @Test
    void shouldTagASentenceOfTheMostTokens() {
        String[] words = Stream.generate(() -> "apple").limit(10_000).toArray(String[]::new);
        try (TopologyDriver driver = driver(settings())) {
            driver.send(key("a"), tokens("1", words));

            assertThat(driver.sentences()).containsExactly(out("1", 1, tag(zero, words)));
        }
    }

    @Test
    void shouldTakeTheTimeOfThePartitionWhereARecordHasNone() {
        EventTimeExtractor extractor = new EventTimeExtractor();
        assertThat(extractor.extract(recordAt(7), 100)).isEqualTo(7);
        assertThat(extractor.extract(recordAt(-1), 100)).isEqualTo(100);
        assertThat(extractor.extract(recordAt(-1), -1)).isZero();
    }

    private static ConsumerRecord<Object, Object> recordAt(long time) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
    }

    @Test
    void shouldNameEveryProcessorAndStore() {
        StreamSettings settings = settings().build();
        assertThat(TaggingTopology.build(settings, parts(settings)).describe().toString())
                .contains(StreamNames.SOURCE, StreamNames.PROCESSOR, StreamNames.SINK, StreamNames.STORE)
                .doesNotContain("KSTREAM");
    }

    private TopologyDriver driver(StreamSettings.Builder settings) {
        StreamSettings built = settings.build();
        return new TopologyDriver(built, parts(built));
    }

    private TaggingParts parts(StreamSettings settings) {
        return TaggingParts.of(settings, model, Sentences::atBlanks);
    }

    private TaggedText tag(HiddenState state, String... words) {
        return tagger.tag(Stream.of(words).map(Token::of).toList(), state);
    }

    private static EventSource at(long offset) {
        return new EventSource("sentences", 0, offset);
    }

    private OutgoingSentence out(String id, long sequence, TaggedText tagged) {
        return new OutgoingSentence(
                id, sequence, model.id(), tagged.tokens(), tagged.next().digest());
    }
}
