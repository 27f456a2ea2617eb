package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.text;
import static io.tagstream.fixture.Sentences.tokens;
import static io.tagstream.topology.TopologyDriver.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.BadRecordException;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.text.Token;
import io.tagstream.wire.Emit;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRecordsTest {
    private static final byte[] KEY = key("a");
    private static final String NO_AVRO = "the value is not in Avro's single-object encoding";
    private static TaggerModel model;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    static Stream<Arguments> badRecords() {
        byte[] good = tokens("x", "I", "eat");
        byte[] notUtf8 = {'a', (byte) 0xC3, (byte) 0x28};
        byte[] badText = good.clone();
        badText[badText.length - 3] = (byte) 0xFF;
        return Stream.of(
                Arguments.of("no key", InputFormat.AVRO, null, good, "has no key: set the key"),
                Arguments.of("no key and no value", InputFormat.AVRO, null, null, "--key-from"),
                Arguments.of("empty key", InputFormat.AVRO, new byte[0], good, "the key of the record is empty"),
                Arguments.of("empty key and no value", InputFormat.AVRO, new byte[0], null, "--key-from"),
                Arguments.of("no bytes", InputFormat.AVRO, KEY, new byte[0], NO_AVRO),
                Arguments.of("not Avro", InputFormat.AVRO, KEY, "hello".getBytes(UTF_8), NO_AVRO),
                Arguments.of(
                        "cut off",
                        InputFormat.AVRO,
                        KEY,
                        Arrays.copyOf(good, good.length - 2),
                        "the bytes end too early"),
                Arguments.of("invalid UTF-8 inside", InputFormat.AVRO, KEY, badText, "UTF-8"),
                Arguments.of("another record's Avro", InputFormat.AVRO, KEY, anotherEvent(), "schema"),
                Arguments.of("a newer version's Avro", InputFormat.AVRO, KEY, newerEvent(), "schema"),
                Arguments.of("random bytes", InputFormat.AVRO, KEY, randomBytes(), NO_AVRO),
                Arguments.of("random bytes as JSON", InputFormat.JSON, KEY, randomBytes(), "the value is not UTF-8"),
                Arguments.of("random bytes as text", InputFormat.TEXT, KEY, randomBytes(), "UTF-8"),
                Arguments.of("JSON text a number", InputFormat.JSON, KEY, json("{'text':7}"), "expected a string"),
                Arguments.of(
                        "JSON tokens a string", InputFormat.JSON, KEY, json("{'tokens':'I'}"), "expected an array"),
                Arguments.of("JSON token null", InputFormat.JSON, KEY, json("{'tokens':['I',null]}"), "tokens[1]"),
                Arguments.of(
                        "JSON begins_document a string",
                        InputFormat.JSON,
                        KEY,
                        json("{'text':'I','begins_document':'no'}"),
                        "expected true or false"),
                Arguments.of("JSON an array", InputFormat.JSON, KEY, json("['I']"), "not a JSON object"),
                Arguments.of("JSON not UTF-8", InputFormat.JSON, KEY, notUtf8, "UTF-8"),
                Arguments.of(
                        "not JSON",
                        InputFormat.JSON,
                        KEY,
                        "{".getBytes(UTF_8),
                        "the value is not valid JSON at line 1, column 2"),
                Arguments.of("neither", InputFormat.JSON, KEY, "{}".getBytes(UTF_8), "neither"),
                Arguments.of("both", InputFormat.JSON, KEY, "{\"text\":\"a\",\"tokens\":[]}".getBytes(UTF_8), "both"),
                Arguments.of("text not UTF-8", InputFormat.TEXT, KEY, notUtf8, "UTF-8"),
                Arguments.of(
                        "too many tokens",
                        InputFormat.AVRO,
                        KEY,
                        tokens("x", Stream.generate(() -> "a").limit(101).toArray(String[]::new)),
                        "101 tokens"),
                Arguments.of(
                        "too many tokens in a text", InputFormat.AVRO, KEY, text("x", "a ".repeat(101)), "101 tokens"),
                Arguments.of("output too large", InputFormat.AVRO, KEY, tokens("x", "a".repeat(16_300)), "bytes"),
                Arguments.of("key too large", InputFormat.AVRO, key("k".repeat(16_200)), good, "bytes"),
                Arguments.of(
                        "tombstone, key too large",
                        InputFormat.AVRO,
                        key("k".repeat(16_200)),
                        null,
                        "use shorter keys"));
    }

    /** What another topic of ours holds. */
    private static byte[] anotherEvent() {
        return WireFormats.encoder(OutputFormat.AVRO, Emit.SENTENCE)
                .encode(new OutgoingSentence("x", 1, "m", List.of(), null))
                .get(0);
    }

    /** What a producer sends whose schema has a field more than any that we know. */
    private static byte[] newerEvent() {
        Schema newer = SchemaBuilder.record("SentenceEvent")
                .namespace("io.tagstream.event")
                .fields()
                .requiredString("sentence_id")
                .requiredString("text")
                .requiredString("speaker")
                .endRecord();
        GenericRecord event = new GenericRecordBuilder(newer)
                .set("sentence_id", "x")
                .set("text", "I eat")
                .set("speaker", "me")
                .build();
        try {
            return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), newer)
                    .encode(event)
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[64];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"').getBytes(UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRecords")
    void shouldDeadLetterABadRecordAndGoOnAsIfItHadNotBeenThere(
            String name, InputFormat format, byte @Nullable [] key, byte @Nullable [] value, String cause) {
        byte[] first = good(format, "I eat");
        byte[] second = good(format, "apple");
        List<String> expected;
        try (TopologyDriver driver = driver(format)) {
            driver.send(KEY, first);
            driver.send(key("other"), null); // so that the second has the same offset
            driver.send(KEY, second);
            expected = hex(driver.output());
        }
        try (TopologyDriver driver = driver(format)) {
            driver.send(KEY, first);
            byte[] state = driver.store().get(Bytes.wrap(KEY));
            driver.send(key, value, 77, new RecordHeaders().add("mine", key("1")));
            assertThat(driver.store().get(Bytes.wrap(KEY))).isEqualTo(state);
            assertThat(driver.store().approximateNumEntries()).isEqualTo(1);
            driver.send(KEY, second);

            assertThat(hex(driver.output())).isEqualTo(expected);
            List<TestRecord<byte[], byte[]>> deadLetters = driver.deadLetters();
            assertThat(deadLetters).hasSize(1);
            TestRecord<byte[], byte[]> deadLetter = deadLetters.get(0);
            assertThat(deadLetter.timestamp()).isEqualTo(77);
            assertThat(header(deadLetter, "__streams.errors.exception")).isEqualTo(BadRecordException.class.getName());
            assertThat(header(deadLetter, "__streams.errors.message"))
                    .contains(cause)
                    .isNotBlank();
            assertThat(header(deadLetter, "__streams.errors.topic")).isEqualTo("sentences");
            assertThat(header(deadLetter, "__streams.errors.partition")).isEqualTo("0");
            assertThat(header(deadLetter, "__streams.errors.offset")).isEqualTo("1");
            assertThat(deadLetter.headers().lastHeader("__streams.errors.stacktrace"))
                    .isNull();
            if (name.endsWith("key too large")) {
                assertThat(header(deadLetter, StreamNames.HEADER_OMITTED)).isEqualTo("key,value,headers");
            } else if (name.equals("output too large")) {
                assertThat(header(deadLetter, StreamNames.HEADER_OMITTED)).isEqualTo("value");
                assertThat(header(deadLetter, "mine")).isEqualTo("1");
                assertThat(deadLetter.key()).isEqualTo(key);
                assertThat(deadLetter.value()).isNull();
            } else {
                assertThat(deadLetter.key()).isEqualTo(key);
                assertThat(deadLetter.value()).isEqualTo(value);
                assertThat(header(deadLetter, "mine")).isEqualTo("1");
                assertThat(deadLetter.headers().lastHeader(StreamNames.HEADER_OMITTED))
                        .isNull();
            }
            assertThat(driver.count(TaggingMetrics.DEAD_LETTERS)).isEqualTo(1);
            assertThat(driver.count(TaggingMetrics.SENTENCES)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldSurviveAnyBytes(long seed) {
        Random random = new Random(seed);
        byte[] good = tokens("id", "I", "eat", "apple", ".");
        int sent = 300;
        try (TopologyDriver driver = driver(InputFormat.AVRO)) {
            for (int i = 0; i < sent; i++) {
                byte[] value = i % 2 == 0 ? new byte[random.nextInt(40)] : good.clone();
                if (i % 2 == 0) {
                    random.nextBytes(value);
                } else {
                    value[random.nextInt(value.length)] = (byte) random.nextInt();
                }
                driver.send(KEY, value);
            }
            List<OutgoingSentence> tagged = driver.sentences();
            assertThat(tagged.size() + driver.deadLetters().size())
                    .as("seed %s", seed)
                    .isEqualTo(sent);
            for (int i = 0; i < tagged.size(); i++) {
                assertThat(tagged.get(i).sequence()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void shouldStopAndStoreNothingWhereTheFaultIsNotTheRecords() {
        StreamSettings settings = settings().build();
        TaggingParts parts = new TaggingParts(
                model, Sentences::atBlanks, () -> WireFormats.decoder(InputFormat.AVRO), () -> sentence -> {
                    if (sentence.sentenceId().equals("broken")) {
                        throw new IllegalStateException("the registry is away");
                    }
                    return WireFormats.encoder(OutputFormat.AVRO, settings.emit())
                            .encode(sentence);
                });
        try (TopologyDriver driver = new TopologyDriver(settings, parts)) {
            driver.send(KEY, tokens("1", "I"));
            byte[] state = driver.store().get(Bytes.wrap(KEY));

            assertThatThrownBy(() -> driver.send(KEY, tokens("broken", "I")))
                    .hasStackTraceContaining("the registry is away");
            assertThat(driver.store().get(Bytes.wrap(KEY))).isEqualTo(state);
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldDeadLetterASentenceThatItsFormatCannotSay() {
        StreamSettings settings = settings().build();
        TaggingParts parts = new TaggingParts(
                model,
                () -> text -> List.of(new Token("\uD83C", 0, 1)),
                () -> WireFormats.decoder(InputFormat.AVRO),
                () -> WireFormats.encoder(OutputFormat.AVRO, settings.emit()));
        try (TopologyDriver driver = new TopologyDriver(settings, parts)) {
            driver.send(KEY, text("1", "🍎"));

            assertThat(driver.deadLetters()).hasSize(1);
            assertThat(driver.store().get(Bytes.wrap(KEY))).isNull();
        }
    }

    private static TopologyDriver driver(InputFormat format) {
        // The smallest limits, so that records stay small.
        StreamSettings settings = settings()
                .inputFormat(format)
                .outputFormat(OutputFormat.AVRO)
                .maxTokens(100)
                .maxRecordBytes(StreamSettings.SMALLEST_RECORD_LIMIT)
                .build();
        return new TopologyDriver(settings, TaggingParts.of(settings, model, Sentences::atBlanks));
    }

    private static byte[] good(InputFormat format, String text) {
        return switch (format) {
            case AVRO -> text("", text);
            case JSON -> ("{\"text\":\"" + text + "\"}").getBytes(UTF_8);
            case TEXT -> text.getBytes(UTF_8);
        };
    }

    private static List<String> hex(List<TestRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> HexFormat.of().formatHex(record.value()))
                .toList();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
