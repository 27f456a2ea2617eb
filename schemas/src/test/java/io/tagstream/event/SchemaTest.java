package io.tagstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    /** The fingerprints of all that was ever published. This list grows; no line of it ever changes. */
    private static final Map<String, List<String>> PUBLISHED = Map.of(
            "SentenceEvent", List.of("c521bbe74a8db819"),
            "TaggedSentence", List.of("6c139ddf253b37c1"),
            "TokenEvent", List.of("e0d05d5eaab63883"));

    private static Schema generated(String name) {
        return switch (name) {
            case "SentenceEvent" -> SentenceEvent.getClassSchema();
            case "TaggedSentence" -> TaggedSentence.getClassSchema();
            default -> TokenEvent.getClassSchema();
        };
    }

    /** The schema as {@code schemas/} has it, which the jar carries too. */
    private static Schema published(String name) throws IOException {
        Schema.Parser parser = new Schema.Parser();
        try (InputStream token = SchemaTest.class.getResourceAsStream("/schemas/TaggedToken.avsc");
                InputStream source = SchemaTest.class.getResourceAsStream("/schemas/Source.avsc");
                InputStream event = SchemaTest.class.getResourceAsStream("/schemas/" + name + ".avsc")) {
            parser.parse(token);
            parser.parse(source);
            return parser.parse(event);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SentenceEvent", "TaggedSentence", "TokenEvent"})
    void shouldReadWhatEveryVersionWroteAndBeReadByEveryVersion(String name) {
        List<Schema> versions = new ArrayList<>(SchemaHistory.of(name));
        versions.add(generated(name));
        for (Schema reader : versions) {
            for (Schema writer : versions) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                .getType())
                        .as("%s read by %s", writer, reader)
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SentenceEvent", "TaggedSentence", "TokenEvent"})
    void shouldHaveTheCurrentSchemaAsTheNewestOfItsHistory(String name) throws IOException {
        List<Schema> versions = SchemaHistory.of(name);
        Schema newest = versions.get(versions.size() - 1);
        assertThat(SchemaNormalization.toParsingForm(newest))
                .isEqualTo(SchemaNormalization.toParsingForm(generated(name)));
        assertThat(newest).as("defaults included").isEqualTo(published(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SentenceEvent", "TaggedSentence", "TokenEvent"})
    void shouldNeverChangeAPublishedVersion(String name) {
        assertThat(SchemaHistory.of(name))
                .extracting(version -> String.format("%016x", SchemaNormalization.parsingFingerprint64(version)))
                .isEqualTo(PUBLISHED.get(name));
    }

    @Test
    void shouldDocumentEveryRecordAndField() throws IOException {
        for (Schema schema : List.of(
                published("SentenceEvent"),
                published("TaggedSentence"),
                published("TokenEvent"),
                TaggedToken.getClassSchema(),
                Source.getClassSchema())) {
            assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
            assertThat(schema.getFields())
                    .allSatisfy(field -> assertThat(field.doc())
                            .as("%s.%s", schema.getName(), field.name())
                            .isNotBlank());
        }
    }

    @Test
    void shouldResolveAWriterThatLacksFieldsAndHasOthers() throws IOException, UndecodableEventException {
        Schema other = new Schema.Parser().parse("""
                        {"type": "record", "namespace": "io.tagstream.event", "name": "SentenceEvent", "fields": [
                            {"name": "origins", "type": {"type": "array", "items": "string"}},
                            {"name": "notes", "type": {"type": "map", "values": "bytes"}},
                            {"name": "text", "type": "string"},
                            {"name": "weight", "type": "double"}]}
                        """);
        GenericRecord event = new GenericRecordBuilder(other)
                .set("origins", List.of("a", "b"))
                .set("notes", Map.of("k", ByteBuffer.wrap(new byte[] {1, 2, 3})))
                .set("text", "I eat apple.")
                .set("weight", 0.5)
                .build();
        byte[] value = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), other)
                .encode(event)
                .array();
        SingleObjectReader<SentenceEvent> reader =
                new SingleObjectReader<>(SentenceEvent.getClassSchema(), List.of(other));

        assertThat(reader.read(value)).isEqualTo(new SentenceEvent("", "I eat apple.", null, false));
        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatExceptionOfType(UndecodableEventException.class).isThrownBy(() -> reader.read(cut));
        }
    }
}
