package io.tagstream.integration;

import static io.tagstream.fixture.Sentences.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.event.StreamKey;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.identity.Topics;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.json.FieldPointer;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.json.TextField;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.KeySource;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.InputFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fields of JSON records tagged on a real broker with three partitions, by an instance that is stopped halfway and a second one that
 * goes on. What must come out says the tagger in a loop over the input as it lies in the topic, which finds the fields by Jackson's
 * trees and adds the tags to the text of the record.
 */
@Timeout(120)
class TextFieldsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 300;
    private static final List<String> USERS = List.of("ann", "bob", "7", "\u00fc");
    private static final List<String> FIELDS = List.of("/msg/0/text", "/words", "/title");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static EmbeddedBroker broker;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        model = TinyModels.lstm().lookAhead(1).open();
    }

    @AfterAll
    static void stop() {
        model.close();
        broker.close();
    }

    @Test
    void shouldTagFieldsOfStreamsNamedByTheKey() throws Exception {
        shouldPutOutWhatTheLoopPutsOut("by-key", KeySource.KEY);
    }

    @Test
    void shouldTagFieldsOfStreamsNamedByAnotherField() throws Exception {
        shouldPutOutWhatTheLoopPutsOut("by-field", KeySource.parse("field:/user"));
    }

    private void shouldPutOutWhatTheLoopPutsOut(String name, KeySource keyFrom) throws Exception {
        StreamSettings settings = StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(List.of(name + "-in"), name + "-out", name + "-dlq", true, PARTITIONS, 1))
                .inputFormat(InputFormat.JSON)
                .fields(new RecordFields(
                        List.of(
                                new TextField(FieldPointer.parse(FIELDS.get(0)), TextField.Kind.TEXT),
                                new TextField(FieldPointer.parse(FIELDS.get(1)), TextField.Kind.TOKENS),
                                new TextField(FieldPointer.parse(FIELDS.get(2)), TextField.Kind.TEXT)),
                        RecordFields.DEFAULT_TAGS,
                        MissingText.PASS))
                .keyFrom(keyFrom)
                .stateDir(directory.resolve(name))
                .commitInterval(Duration.ofMillis(50))
                .build();
        new Topics(settings).create();
        Random random = new Random(name.hashCode());
        for (int half = 0; half < 2; half++) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < RECORDS / 2; i++) {
                records.add(record(name + "-in", keyFrom, random));
            }
            KafkaRecords.send(broker.bootstrapServers(), records);
            int ends = ends(read(name + "-in"));
            try (StreamsRunner runner =
                    StreamsLaunch.start(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
                await().atMost(PATIENCE)
                        .until(() ->
                                read(name + "-out").size() + read(name + "-dlq").size() >= ends);
                assertThat(runner.stop()).isTrue();
            }
        }
        List<String> deadLetters = new ArrayList<>();
        Map<String, List<String>> expected = expected(settings, deadLetters);
        Map<String, List<String>> tagged = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(name + "-out")) {
            tagged.computeIfAbsent(StreamKey.shown(record.key()), any -> new ArrayList<>())
                    .add(new String(record.value(), UTF_8));
        }
        assertThat(tagged.keySet()).isEqualTo(expected.keySet());
        // Under a field a stream is a partition and a name; the output has both in one partition, each in its order.
        tagged.forEach(
                (stream, values) -> assertThat(values).containsExactlyInAnyOrderElementsOf(expected.get(stream)));
        if (keyFrom.equals(KeySource.KEY)) {
            assertThat(tagged).isEqualTo(expected);
        }
        assertThat(read(name + "-dlq"))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(deadLetters);
        assertThat(deadLetters).hasSizeBetween(RECORDS / 10, RECORDS / 2);
    }

    private static int ends(List<ConsumerRecord<byte[], byte[]>> input) {
        return (int) input.stream().filter(record -> record.value() != null).count();
    }

    /** Now and then a stream ends, where a record without a value can say so. */
    private static ProducerRecord<byte[], byte[]> record(String topic, KeySource keyFrom, Random random) {
        boolean byKey = keyFrom.equals(KeySource.KEY);
        String user = USERS.get(random.nextInt(USERS.size()));
        int partition = byKey ? Math.floorMod(user.hashCode(), PARTITIONS) : random.nextInt(PARTITIONS);
        return new ProducerRecord<>(
                topic,
                partition,
                byKey ? key(user) : null,
                byKey && random.nextInt(20) == 0 ? null : value(user, random).getBytes(UTF_8));
    }

    private static String value(String user, Random random) {
        String layout = random.nextBoolean() ? "" : " ";
        StringBuilder value = new StringBuilder("{")
                .append(layout)
                .append("\"user\":\"")
                .append(user)
                .append('"');
        value.append(",\"n\" :")
                .append(List.of("1.50", "-0", "1e400", "12345678901234567890").get(random.nextInt(4)));
        value.append(",\"msg\":")
                .append(List.of("[]", "[{\"text\":\"I \\u0065at\"},2]", "null", "[{\"text\":\"apple\",\"x\":[[]]}]")
                        .get(random.nextInt(4)));
        value.append(
                List.of(",\"words\":[]", ",\"words\":[\"I\",\"eat\"]", "", "").get(random.nextInt(4)));
        value.append(List.of(
                        ",\"title\":\"I work at apple\"",
                        ",\"title\":\"\"",
                        ",\"title\":null",
                        ",\"x\":{}",
                        ",\"title\":7",
                        ",\"tagstream\":1")
                .get(random.nextInt(6)));
        return value.append(layout).append('}').append(layout).toString();
    }

    /** Name of each stream to what must come out for it. */
    private static Map<String, List<String>> expected(StreamSettings settings, List<String> deadLetters)
            throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        Map<String, HiddenState> states = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        try (SentenceTagger tagger = model.newTagger()) {
            for (ConsumerRecord<byte[], byte[]> record : read(settings.topics().input())) {
                String name = record.value() == null || settings.keyFrom().equals(KeySource.KEY)
                        ? StreamKey.shown(record.key())
                        : JSON.readTree(record.value()).get("user").textValue();
                String stream = record.partition() + " " + name;
                if (record.value() == null) {
                    states.remove(stream);
                    sequences.remove(stream);
                    continue;
                }
                String value = new String(record.value(), UTF_8);
                JsonNode tree = JSON.readTree(value);
                if (tree.path("title").isNumber() || tree.has("tagstream")) {
                    deadLetters.add(value);
                    continue;
                }
                ObjectNode tokens = JSON.createObjectNode();
                for (String field : FIELDS) {
                    JsonNode text = tree.at(field);
                    List<Token> words = new ArrayList<>();
                    if (text.isArray()) {
                        text.forEach(word -> words.add(Token.of(word.textValue())));
                    } else if (text.isTextual()) {
                        words.addAll(Sentences.atBlanks().tokenize(text.textValue()));
                    } else {
                        continue;
                    }
                    TaggedText tagged =
                            tagger.tag(words, states.getOrDefault(stream, HiddenState.zero(model.contract())));
                    states.put(stream, tagged.next());
                    sequences.merge(stream, 1L, Long::sum);
                    write(tokens.putArray(field), tagged.tokens());
                }
                if (!tokens.isEmpty()) {
                    ObjectNode tags = JSON.createObjectNode()
                            .put("sequence", sequences.get(stream))
                            .put("model", model.id());
                    tags.putObject("source")
                            .put("topic", record.topic())
                            .put("partition", record.partition())
                            .put("offset", record.offset());
                    tags.put("state_digest", states.get(stream).digest()).set("tokens", tokens);
                    int end = value.substring(0, value.lastIndexOf('}'))
                            .stripTrailing()
                            .length();
                    value = value.substring(0, end) + ",\"tagstream\":" + JSON.writeValueAsString(tags)
                            + value.substring(end);
                }
                expected.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
            }
        }
        return expected;
    }

    private static void write(ArrayNode list, List<TokenTags> tokens) {
        for (TokenTags token : tokens) {
            ObjectNode written = list.addObject()
                    .put("form", token.token().form())
                    .put("start", token.token().start())
                    .put("end", token.token().end())
                    .put("tag", token.tag())
                    .put("score", token.score());
            new TreeMap<>(token.tags()).forEach(written.putObject("tags")::put);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return KafkaRecords.readCommitted(broker.bootstrapServers(), topic);
    }
}
