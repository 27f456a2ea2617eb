package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.text;
import static io.tagstream.fixture.Sentences.tokens;
import static io.tagstream.topology.TopologyDriver.settings;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.json.FieldPointer;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.json.TextField;
import io.tagstream.service.DeadLetterLog;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.ForeignStateException;
import io.tagstream.stream.ForeignStatePolicy;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutputFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people write is theirs: it goes into no log above debug, nor into the headers of a dead letter. */
class PayloadSecrecyTest {
    private static final long SEED = 20_260_101;
    /** In every key and value; its parts, too, would give it away. */
    private static final String SECRET = "Pssst";

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

    @ParameterizedTest
    @EnumSource(InputFormat.class)
    void shouldLogNoPayloadOfGoodAndBadRecords(InputFormat format) {
        shouldLogNoPayload(settings().inputFormat(format).outputFormat(OutputFormat.AVRO), format);
    }

    @ParameterizedTest
    @EnumSource(MissingText.class)
    void shouldLogNoPayloadOfRecordsWhoseFieldsAreTagged(MissingText missing) {
        RecordFields fields = new RecordFields(
                List.of(
                        new TextField(FieldPointer.parse("/text"), TextField.Kind.TEXT),
                        new TextField(FieldPointer.parse("/tokens"), TextField.Kind.TOKENS)),
                RecordFields.DEFAULT_TAGS,
                missing);
        shouldLogNoPayload(settings().inputFormat(InputFormat.JSON).fields(fields), InputFormat.JSON);
    }

    private static void shouldLogNoPayload(StreamSettings.Builder builder, InputFormat format) {
        StreamSettings settings = builder.maxTokens(100)
                .maxRecordBytes(StreamSettings.SMALLEST_RECORD_LIMIT)
                .build();
        byte[] key = key("stream of " + SECRET);
        byte[] oddKey = ("a" + SECRET + "\u00e9").getBytes(ISO_8859_1);
        List<TestRecord<byte[], byte[]>> deadLetters;
        List<String> lines;
        try (Logs logs = Logs.capture(Level.INFO);
                TopologyDriver driver =
                        new TopologyDriver(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
            for (byte[] value : values(format)) {
                driver.send(key, value);
                driver.send(oddKey, value);
                driver.send(null, value);
            }
            driver.send(key, null);
            deadLetters = driver.deadLetters();
            lines = logs.lines();
        }
        assertThat(deadLetters).hasSizeGreaterThan(300);
        // Of a cause the first ones are logged; each has in its headers what would be.
        assertThat(lines)
                .filteredOn(line -> line.contains("dead letter"))
                .hasSizeBetween(DeadLetterLog.FIRST, deadLetters.size());
        assertThat(lines).noneMatch(line -> line.contains(SECRET));
        for (TestRecord<byte[], byte[]> letter : deadLetters) {
            for (Header header : letter.headers()) {
                assertThat(new String(header.value(), UTF_8)).doesNotContain(SECRET);
            }
        }
    }

    /** Good ones, and each of them cut, changed and prolonged in many places. */
    private static List<byte[]> values(InputFormat format) {
        List<byte[]> good =
                switch (format) {
                    case AVRO -> List.of(tokens(SECRET, SECRET, "eat"), text(SECRET, SECRET + " eat " + SECRET));
                    case JSON ->
                        List.of(
                                ("{\"text\":\"" + SECRET + "\",\"" + SECRET + "\":[\"" + SECRET + "\"]}")
                                        .getBytes(UTF_8),
                                ("{\"sentence_id\":\"" + SECRET + "\",\"tokens\":[\"" + SECRET + "\"]}")
                                        .getBytes(UTF_8));
                    case TEXT -> List.of((SECRET + " eat " + SECRET).getBytes(UTF_8));
                };
        Random random = new Random(SEED);
        List<byte[]> values = new ArrayList<>();
        for (byte[] value : good) {
            values.add(value);
            for (int i = 0; i < 200; i++) {
                byte[] changed = Arrays.copyOf(value, 1 + random.nextInt(value.length + 3));
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                values.add(changed);
            }
        }
        String many = (SECRET + " ").repeat(200);
        String large = SECRET.repeat(5_000);
        for (String text : List.of(many, large)) {
            values.add(
                    switch (format) {
                        case AVRO -> text(SECRET, text);
                        case JSON -> ("{\"text\":\"" + text + "\"}").getBytes(UTF_8);
                        case TEXT -> text.getBytes(UTF_8);
                    });
        }
        return values;
    }

    @Test
    void shouldLogNoPayloadWhereTheThreadFails() {
        StreamSettings settings =
                settings().foreignState(ForeignStatePolicy.FAIL).build();
        StreamSettings elsewhere = settings().build();
        try (Logs logs = Logs.capture(Level.INFO);
                TopologyDriver writer =
                        new TopologyDriver(elsewhere, TaggingParts.of(elsewhere, other, Sentences::atBlanks));
                TopologyDriver driver =
                        new TopologyDriver(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
            byte[] key = key("stream of " + SECRET);
            writer.send(key, tokens(SECRET, SECRET));
            Bytes stream = Bytes.wrap(key);
            driver.store().put(stream, writer.store().get(stream));

            assertThatThrownBy(() -> driver.send(key, tokens(SECRET, SECRET)))
                    .hasStackTraceContaining(ForeignStateException.class.getName());
            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("failed by no fault of the record"))
                    .noneMatch(line -> line.contains(SECRET));
        }
    }
}
