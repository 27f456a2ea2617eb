package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static io.tagstream.topology.TopologyDriver.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import io.tagstream.event.StreamKey;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.KeySource;
import io.tagstream.settings.StreamMemory;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What names a stream ({@code --key-from}), and what it remembers ({@code --memory}). */
class StreamNamingTest {
    private static final long TIME = TopologyDriver.CLOCK.toEpochMilli();

    private static TaggerModel model;
    private static SentenceTagger tagger;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().open();
        tagger = model.newTagger();
    }

    @AfterAll
    static void close() {
        tagger.close();
        model.close();
    }

    @Test
    void shouldTakeAnyBytesForTheNameOfAStream() {
        List<byte[]> names = List.of(
                new byte[] {0},
                new byte[] {(byte) 0xFF},
                new byte[] {'a', (byte) 0xC3, '('},
                ByteBuffer.allocate(8).putLong(42).array(),
                ByteBuffer.allocate(16).putLong(0x0123456789abcdefL).putLong(-1).array());
        StreamLoop loop = new StreamLoop(model, tagger);
        List<OutgoingSentence> expected = new ArrayList<>();
        try (TopologyDriver driver = driver(settings())) {
            for (int i = 0; i < 3; i++) {
                for (byte[] name : names) {
                    driver.send(name, tokens("s" + i, "I", "eat", "apple"));
                    expected.add(loop.next(StreamKey.shown(name), "s" + i, "I", "eat", "apple"));
                }
            }
            driver.send(names.get(1), null);
            loop.end(StreamKey.shown(names.get(1)));
            driver.send(names.get(1), tokens("again", "I"));
            expected.add(loop.next(StreamKey.shown(names.get(1)), "again", "I"));

            List<TestRecord<byte[], byte[]>> output = driver.output();
            assertThat(output.subList(0, 5)).extracting(TestRecord::key).isEqualTo(names);
            assertThat(driver.deadLetters()).isEmpty();
            assertThat(driver.read(output)).isEqualTo(expected);
        }
    }

    @Test
    void shouldMakeOneStreamOfAPartition() {
        StreamLoop loop = new StreamLoop(model, tagger);
        try (TopologyDriver driver = driver(settings().keyFrom(KeySource.PARTITION))) {
            driver.send(null, tokens("1", "I", "eat"));
            driver.send(key("any"), tokens("2", "apple"));
            driver.send(new byte[0], null); // the end of the stream
            driver.send(null, tokens("3", "apple"));

            List<TestRecord<byte[], byte[]>> output = driver.output();
            assertThat(output).extracting(TestRecord::key).containsOnly(key("0"));
            List<OutgoingSentence> expected =
                    new ArrayList<>(List.of(loop.next("0", "1", "I", "eat"), loop.next("0", "2", "apple")));
            loop.end("0");
            expected.add(loop.next("0", "3", "apple"));
            assertThat(driver.read(output)).isEqualTo(expected);
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldNameTheStreamByAHeader() {
        StreamLoop loop = new StreamLoop(model, tagger);
        byte[] odd = {(byte) 0xFF, 0};
        try (TopologyDriver driver = driver(settings().keyFrom(KeySource.parse("header:user")))) {
            driver.send(null, tokens("1", "I", "eat"), TIME, headers("user", key("ann")));
            driver.send(key("k"), tokens("2", "I", "eat"), TIME, headers("user", odd));
            driver.send(key("l"), tokens("3", "apple"), TIME, headers("User", key("bob"), "user", key("ann")));
            driver.send(null, null, TIME, headers("user", key("ann")));
            driver.send(null, tokens("4", "apple"), TIME, headers("user", key("ann")));

            List<TestRecord<byte[], byte[]>> output = driver.output();
            assertThat(output).extracting(TestRecord::key).containsExactly(key("ann"), odd, key("ann"), key("ann"));
            List<OutgoingSentence> expected = new ArrayList<>(List.of(
                    loop.next("ann", "1", "I", "eat"),
                    loop.next("odd", "2", "I", "eat"),
                    loop.next("ann", "3", "apple")));
            loop.end("ann");
            expected.add(loop.next("ann", "4", "apple"));
            assertThat(driver.read(output)).isEqualTo(expected);
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldDeadLetterARecordWhoseHeaderIsMissingOrEmpty() {
        try (TopologyDriver driver = driver(settings().keyFrom(KeySource.parse("header:user")))) {
            driver.send(key("a"), tokens("1", "I"));
            driver.send(key("a"), tokens("2", "I"), TIME, headers("user", new byte[0]));
            driver.send(key("a"), tokens("3", "I"), TIME, headers("user", null));
            driver.send(key("a"), null);

            assertThat(driver.output()).isEmpty();
            assertThat(causes(driver))
                    .containsExactly(
                            "the record has no header user (--key-from header:user)",
                            "the record has an empty header user (--key-from header:user)",
                            "the record has an empty header user (--key-from header:user)",
                            "the record has no header user (--key-from header:user)");
        }
    }

    @Test
    void shouldTakeTheLastOfAHeaderThatIsThereTwiceAndSayItOnce() {
        try (Logs logs = Logs.capture();
                TopologyDriver driver = driver(settings().keyFrom(KeySource.parse("header:user")))) {
            for (int i = 0; i < 5; i++) {
                driver.send(null, tokens("1", "I"), TIME, headers("user", key("secret"), "user", key("bob")));
            }

            assertThat(driver.output())
                    .hasSize(5)
                    .allMatch(record -> StreamKey.shown(record.key()).equals("bob"));
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("more than once"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("sentences-0@0 has the header user more than once: the last one names the stream")
                    .doesNotContain("bob", "secret");
        }
    }

    @Test
    void shouldNameTheStreamByAFieldOfTheValue() {
        StreamLoop loop = new StreamLoop(model, tagger);
        try (TopologyDriver driver = driver(json("field:/chat/id"))) {
            driver.send(null, chat("7", "I eat"));
            driver.send(key("k"), chat("\"7\"", "apple"));
            driver.send(null, chat("7.0", "apple"));
            driver.send(null, chat("true", "apple"));
            driver.send(null, chat("7", "apple"));

            List<TestRecord<byte[], byte[]>> output = driver.output();
            assertThat(output)
                    .extracting(TestRecord::key)
                    .containsExactly(key("7"), key("7"), key("7.0"), key("true"), key("7"));
            assertThat(driver.read(output))
                    .extracting(OutgoingSentence::sequence, OutgoingSentence::stateDigest)
                    .isEqualTo(Stream.of(
                                    loop.next("7", "", "I", "eat"),
                                    loop.next("7", "", "apple"),
                                    loop.next("7.0", "", "apple"),
                                    loop.next("true", "", "apple"),
                                    loop.next("7", "", "apple"))
                            .map(sentence -> tuple(sentence.sequence(), sentence.stateDigest()))
                            .toList());
        }
    }

    @Test
    void shouldDeadLetterARecordWhoseFieldNamesNoStream() {
        try (TopologyDriver driver = driver(json("field:/chat/id"))) {
            driver.send(key("a"), "{\"text\":\"I\"}".getBytes(UTF_8));
            driver.send(key("a"), chat("null", "I"));
            driver.send(key("a"), chat("[1]", "I"));
            driver.send(key("a"), chat("\"\"", "I"));
            driver.send(key("a"), "{".getBytes(UTF_8));
            driver.send(key("a"), null);

            assertThat(driver.output()).isEmpty();
            assertThat(causes(driver))
                    .containsExactly(
                            "the value has no field /chat/id (--key-from field:/chat/id)",
                            "the field /chat/id is null (--key-from field:/chat/id)",
                            "the field /chat/id is an array, and not a string, a number or a boolean (--key-from field:/chat/id)",
                            "the field /chat/id is empty (--key-from field:/chat/id)",
                            "the value is not valid JSON at line 1, column 2 (--key-from field:/chat/id)",
                            "the record has no value, and so no field /chat/id (--key-from field:/chat/id)");
        }
    }

    @Test
    void shouldTagEachRecordByItselfWithoutStreams() {
        try (TopologyDriver driver = driver(settings().keyFrom(KeySource.NONE))) {
            driver.send(null, tokens("1", "I", "eat"));
            driver.send(key("a"), tokens("2", "apple"));
            driver.send(key("a"), tokens("3", "apple"));
            driver.send(new byte[0], tokens("4", "apple"));
            driver.send(key("a"), null);
            driver.send(null, null);

            List<TestRecord<byte[], byte[]>> output = driver.output();
            assertThat(output).extracting(TestRecord::key).containsExactly(null, key("a"), key("a"), new byte[0]);
            assertThat(driver.read(output))
                    .containsExactly(
                            new StreamLoop(model, tagger).alone("1", "I", "eat"),
                            new StreamLoop(model, tagger).alone("2", "apple"),
                            new StreamLoop(model, tagger).alone("3", "apple"),
                            new StreamLoop(model, tagger).alone("4", "apple"));
            assertThat(driver.deadLetters()).isEmpty();
            assertThat(driver.remembers()).isFalse();
        }
    }

    @Test
    void shouldKeepTheNamesButNothingElseWithoutMemory() {
        try (TopologyDriver driver =
                driver(settings().keyFrom(KeySource.parse("header:user")).memory(StreamMemory.NONE))) {
            driver.send(key("a"), tokens("1", "I", "eat"), TIME, headers("user", key("ann")));
            driver.send(key("a"), tokens("2", "apple"), TIME, headers("user", key("ann")));
            driver.send(key("a"), null, TIME, headers("user", key("ann")));
            driver.send(key("a"), tokens("3", "apple"));

            List<TestRecord<byte[], byte[]>> output = driver.output();
            assertThat(output).extracting(TestRecord::key).containsOnly(key("ann"));
            assertThat(driver.read(output))
                    .containsExactly(
                            new StreamLoop(model, tagger).alone("1", "I", "eat"),
                            new StreamLoop(model, tagger).alone("2", "apple"));
            assertThat(causes(driver)).containsExactly("the record has no header user (--key-from header:user)");
            assertThat(driver.remembers()).isFalse();
        }
    }

    @Test
    void shouldSayOnceThatTheFirstHundredRecordsAllNameNoStream() {
        try (Logs logs = Logs.capture();
                TopologyDriver driver = driver(settings())) {
            for (int i = 0; i < 250; i++) {
                driver.send(i % 2 == 0 ? null : new byte[0], tokens("1", "I"));
            }

            assertThat(driver.deadLetters()).hasSize(250);
            assertThat(logs.lines())
                    .filteredOn(line -> line.startsWith("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("the first 100 records are all dead letters")
                    .contains("--key-from");
        }
    }

    @Test
    void shouldNotSaySoWhereOneOfThemHasAName() {
        try (Logs logs = Logs.capture();
                TopologyDriver driver = driver(settings())) {
            for (int i = 0; i < 250; i++) {
                driver.send(i == 99 ? key("a") : null, tokens("1", "I"));
            }

            assertThat(logs.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    void shouldShowTheKeyOfADeadLetterAtDebugLevelAlone() {
        try (Logs logs = Logs.capture(Level.DEBUG);
                TopologyDriver driver = driver(settings())) {
            driver.send(key("ann"), "rubbish".getBytes(UTF_8));
            driver.send(new byte[] {(byte) 0xFF, 1}, "rubbish".getBytes(UTF_8));

            assertThat(logs.lines())
                    .anyMatch(line -> line.startsWith("DEBUG")
                            && line.endsWith("the dead letter of sentences-0@0 has the key ann"))
                    .anyMatch(line -> line.endsWith("the dead letter of sentences-0@1 has the key 0xff01"));
        }
    }

    private static StreamSettings.Builder json(String keyFrom) {
        return settings().inputFormat(InputFormat.JSON).keyFrom(KeySource.parse(keyFrom));
    }

    private static byte[] chat(String id, String text) {
        return ("{\"chat\":{\"id\":" + id + "},\"text\":\"" + text + "\"}").getBytes(UTF_8);
    }

    private static Headers headers(String name, byte @Nullable [] value) {
        return new RecordHeaders().add(name, value);
    }

    private static Headers headers(String first, byte[] value, String second, byte[] other) {
        return new RecordHeaders().add(first, value).add(second, other);
    }

    private static List<String> causes(TopologyDriver driver) {
        return driver.deadLetters().stream()
                .map(letter -> new String(
                        letter.headers().lastHeader(StreamNames.HEADER_MESSAGE).value(), UTF_8))
                .toList();
    }

    private static TopologyDriver driver(StreamSettings.Builder settings) {
        StreamSettings built = settings.build();
        return new TopologyDriver(built, TaggingParts.of(built, model, Sentences::atBlanks));
    }
}
