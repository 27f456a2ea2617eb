package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.topology.TopologyDriver.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.fixture.PoisonedModels;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.json.FieldPointer;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.json.TextField;
import io.tagstream.settings.KeySource;
import io.tagstream.settings.StreamMemory;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.InputFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that have a shape of their own ({@code --text-field}), through the topology. */
class FieldTaggingTest {
    private static final byte[] KEY = key("a");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static TaggerModel model;
    private static SentenceTagger tagger;
    private static HiddenState zero;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().open();
        tagger = model.newTagger();
        zero = HiddenState.zero(model.contract());
    }

    @AfterAll
    static void close() {
        tagger.close();
        model.close();
    }

    private static RecordFields fields(MissingText missing, String... texts) {
        return new RecordFields(
                Stream.of(texts)
                        .map(text -> text.startsWith("[]")
                                ? new TextField(FieldPointer.parse(text.substring(2)), TextField.Kind.TOKENS)
                                : new TextField(FieldPointer.parse(text), TextField.Kind.TEXT))
                        .toList(),
                RecordFields.DEFAULT_TAGS,
                missing);
    }

    private static StreamSettings.Builder tagging(String... texts) {
        return settings().inputFormat(InputFormat.JSON).fields(fields(MissingText.DEAD_LETTER, texts));
    }

    private static StreamSettings.Builder passing(String... texts) {
        return settings().inputFormat(InputFormat.JSON).fields(fields(MissingText.PASS, texts));
    }

    private static TopologyDriver driver(StreamSettings.Builder builder) {
        StreamSettings settings = builder.build();
        return new TopologyDriver(settings, TaggingParts.of(settings, model, Sentences::atBlanks));
    }

    private static byte[] json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"').getBytes(UTF_8);
    }

    private static List<String> values(TopologyDriver driver) {
        return driver.output().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /** One stream without Kafka: its state and how many sentences it had. */
    private static final class Loop {
        private HiddenState state = zero;
        private long sequence;
        private final Map<String, List<TokenTags>> tokens = new TreeMap<>();

        Loop tag(String field, String text) {
            return tag(field, Sentences.atBlanks().tokenize(text));
        }

        Loop tag(String field, List<Token> words) {
            TaggedText tagged = tagger.tag(words, state);
            state = tagged.next();
            sequence++;
            tokens.put(field, tagged.tokens());
            return this;
        }

        /** The tags of all fields since the last call, as they must stand in a record. */
        JsonNode tags(long offset) {
            ObjectNode tags = JSON.createObjectNode()
                    .put("sequence", sequence)
                    .put("model", model.id())
                    .put("state_digest", state.digest());
            tags.putObject("source")
                    .put("topic", "sentences")
                    .put("partition", 0)
                    .put("offset", offset);
            ObjectNode fields = tags.putObject("tokens");
            tokens.forEach((field, list) -> {
                var array = fields.putArray(field);
                for (TokenTags token : list) {
                    ObjectNode written = array.addObject()
                            .put("form", token.token().form())
                            .put("start", token.token().start())
                            .put("end", token.token().end())
                            .put("tag", token.tag())
                            .put("score", token.score());
                    token.tags().forEach(written.putObject("tags")::put);
                }
            });
            tokens.clear();
            return reread(tags);
        }
    }

    /** With numbers as they are after writing and reading. */
    private static JsonNode reread(JsonNode tree) {
        try {
            return JSON.readTree(JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The tags in a value that is otherwise, byte for byte, the record that came; they stand behind its last field. */
    private static JsonNode tagsIn(String value, String record) {
        int at = record.substring(0, record.lastIndexOf('}')).stripTrailing().length();
        String end = record.substring(at);
        String start = record.substring(0, at) + ",\"tagstream\":";
        assertThat(value).startsWith(start).endsWith(end);
        try {
            return JSON.readTree(value.substring(start.length(), value.length() - end.length()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldPutOutTheRecordAsItCameWithTheTagsInAddition() {
        String record = " { \"n\" : 1.50, \"text\" : \"I\\u0020eat \\ud83d\\ude00 apple\", \"n\":1E+2,\"z\":null}";
        try (TopologyDriver driver = driver(tagging("/text"))) {
            driver.send(KEY, record.getBytes(UTF_8), 12345, new RecordHeaders().add("traceparent", key("00-1")));

            TestRecord<byte[], byte[]> out = driver.output().get(0);
            assertThat(out.key()).isEqualTo(KEY);
            assertThat(out.timestamp()).isEqualTo(12345);
            assertThat(out.headers().lastHeader("traceparent").value()).isEqualTo(key("00-1"));
            JsonNode tags = tagsIn(new String(out.value(), UTF_8), record);
            assertThat(tags)
                    .isEqualTo(
                            new Loop().tag("/text", "I eat \uD83D\uDE00 apple").tags(0));
            assertThat(tags.at("/tokens/~1text/3/start").intValue()).isEqualTo(9);
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldLetTheStateRunThroughTheFieldsInTheirOrderAndThroughTheRecords() {
        String first = "{\"body\":\"I work at apple\",\"title\":\"apple\",\"words\":[\"I\",\"eat\"]}";
        String second = "{\"title\":\"\",\"words\":[],\"body\":\"apple\"}";
        Loop loop = new Loop();
        try (TopologyDriver driver = driver(tagging("/title", "[]/words", "/body"))) {
            driver.send(KEY, first.getBytes(UTF_8));
            driver.send(key("b"), second.getBytes(UTF_8));
            driver.send(KEY, second.getBytes(UTF_8));

            List<String> values = values(driver);
            assertThat(tagsIn(values.get(0), first))
                    .isEqualTo(loop.tag("/title", "apple")
                            .tag("/words", List.of(Token.of("I"), Token.of("eat")))
                            .tag("/body", "I work at apple")
                            .tags(0));
            assertThat(tagsIn(values.get(1), second))
                    .isEqualTo(new Loop()
                            .tag("/title", "")
                            .tag("/words", List.of())
                            .tag("/body", "apple")
                            .tags(1));
            JsonNode third = tagsIn(values.get(2), second);
            assertThat(third)
                    .isEqualTo(loop.tag("/title", "")
                            .tag("/words", List.of())
                            .tag("/body", "apple")
                            .tags(2));
            assertThat(third.get("sequence").intValue()).isEqualTo(6);
            assertThat(driver.count(TaggingMetrics.SENTENCES)).isEqualTo(9);
            assertThat(driver.count(TaggingMetrics.TOKENS)).isEqualTo(9);
        }
    }

    @Test
    void shouldEndTheStreamOnATombstone() {
        String record = "{\"text\":\"I eat\"}";
        try (TopologyDriver driver = driver(tagging("/text"))) {
            driver.send(KEY, record.getBytes(UTF_8));
            driver.send(KEY, null);
            assertThat(driver.store().get(Bytes.wrap(KEY))).isNull();
            driver.send(KEY, record.getBytes(UTF_8));

            List<String> values = values(driver);
            assertThat(values).hasSize(2);
            assertThat(tagsIn(values.get(1), record))
                    .isEqualTo(new Loop().tag("/text", "I eat").tags(2));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'body':'x'}|field /text is missing or null",
                "{'text':null,'body':'x'}|field /text is missing or null",
                "{'text':'x'}|field /body is missing or null",
                "{'text':'x','body':7}|field /body: expected a string, found a number",
                "{'text':'x','body':['y']}|field /body: expected a string, found an array",
                "{'text':'\\ud83d','body':'x'}|unpaired surrogate",
                "{'text':'x','body':'y','tagstream':{}}|already has something at /tagstream",
                "{'text':'x','body':'y','body':'z'}|/body is there twice",
                "{'text':'x','body':'y'} {}|more follows the JSON object",
                "{'text':'x','body':'y'|not valid JSON",
                "{'text':'x','body':NaN}|not valid JSON",
                "['x']|not a JSON object",
                "``|not a JSON object: found nothing",
                "\uFEFF{'text':'x','body':'y'}|byte order mark",
            })
    void shouldDeadLetterABadRecordAndGoOnAsIfItHadNotBeenThere(String record, String cause) {
        deadLetters(tagging("/text", "/body"), model, json(record), cause);
    }

    @Test
    void shouldDeadLetterWhatIsDeeperThan64Levels() {
        byte[] deep = json("{'text':'x','body':'y','x':" + "[".repeat(64) + "]".repeat(64) + "}");
        deadLetters(tagging("/text", "/body"), model, deep, "deeper than 64 levels");
    }

    @Test
    void shouldDeadLetterARecordWhoseTextsHaveTooManyTokensTogether() {
        String sixty = "a ".repeat(60);
        byte[] record = json("{'text':'" + sixty + "','body':'" + sixty + "'}");
        deadLetters(tagging("/text", "/body").maxTokens(119), model, record, "at least 120 tokens, more than 119");
        try (TopologyDriver driver = driver(tagging("/text", "/body").maxTokens(120))) {
            driver.send(KEY, record);
            assertThat(driver.output()).hasSize(1);
        }
    }

    @Test
    void shouldDeadLetterARecordThatWouldBeTooLargeWithItsTags() {
        byte[] record = json("{'text':'" + "a ".repeat(200) + "','body':'','x':'" + "x".repeat(8_000) + "'}");
        deadLetters(tagging("/text", "/body").maxRecordBytes(16 << 10), model, record, "more than the 16384");
    }

    @Test
    void shouldLeaveTheStateAloneWhereTheLastOfSeveralFieldsFails() throws IOException {
        byte[] poisoned = PoisonedModels.inScores(TinyModels.lstm().bytes(), "apple");
        try (TaggerModel other = TaggerModel.open(poisoned, "poisoned.onnx")) {
            deadLetters(tagging("/text", "/body"), other, json("{'text':'I eat','body':'apple'}"), "");
        }
    }

    private static void deadLetters(StreamSettings.Builder builder, TaggerModel model, byte[] bad, String cause) {
        StreamSettings settings = builder.build();
        byte[] good = json("{'text':'I eat','body':'I work'}");
        byte[] expected;
        try (TopologyDriver driver =
                new TopologyDriver(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
            driver.send(KEY, good);
            driver.send(key("another, so that the offsets are the same"), good);
            driver.send(KEY, good);
            expected = driver.output().get(2).value();
        }
        try (TopologyDriver driver =
                new TopologyDriver(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
            driver.send(KEY, good);
            byte[] state = driver.store().get(Bytes.wrap(KEY));
            driver.send(KEY, bad, 77, new RecordHeaders().add("mine", key("1")));
            assertThat(driver.store().get(Bytes.wrap(KEY))).isEqualTo(state);
            driver.send(KEY, good);

            assertThat(driver.output().get(1).value()).isEqualTo(expected);
            List<TestRecord<byte[], byte[]>> deadLetters = driver.deadLetters();
            assertThat(deadLetters).hasSize(1);
            assertThat(deadLetters.get(0).key()).isEqualTo(KEY);
            assertThat(deadLetters.get(0).value()).isEqualTo(bad);
            assertThat(deadLetters.get(0).timestamp()).isEqualTo(77);
            assertThat(new String(
                            deadLetters
                                    .get(0)
                                    .headers()
                                    .lastHeader(StreamNames.HEADER_MESSAGE)
                                    .value(),
                            UTF_8))
                    .contains(cause)
                    .isNotBlank();
            assertThat(driver.count(TaggingMetrics.DEAD_LETTERS)).isEqualTo(1);
            assertThat(driver.count(TaggingMetrics.PASSED_RECORDS)).isZero();
        }
    }

    @Test
    void shouldHandThroughAndCountWhatHasNoTextWhereToldSo() {
        String partly = "{\"body\":\"I eat\",\"title\":null}";
        Loop loop = new Loop();
        try (TopologyDriver driver = driver(passing("/title", "/body"))) {
            driver.send(KEY, json(" {'n':1.0 , 'title':null}\n"), 5, new RecordHeaders().add("mine", key("1")));
            assertThat(driver.store().get(Bytes.wrap(KEY))).isNull();
            driver.send(KEY, json("{}"));
            driver.send(KEY, partly.getBytes(UTF_8));
            byte[] state = driver.store().get(Bytes.wrap(KEY));
            driver.send(KEY, json("{'x':{'title':'I'}}"));
            assertThat(driver.store().get(Bytes.wrap(KEY))).isEqualTo(state);
            driver.send(KEY, partly.getBytes(UTF_8));

            List<TestRecord<byte[], byte[]>> output = driver.output();
            assertThat(output.get(0).value()).isEqualTo(json(" {'n':1.0 , 'title':null}\n"));
            assertThat(output.get(0).key()).isEqualTo(KEY);
            assertThat(output.get(0).timestamp()).isEqualTo(5);
            assertThat(output.get(0).headers().lastHeader("mine").value()).isEqualTo(key("1"));
            assertThat(output.get(1).value()).isEqualTo(json("{}"));
            assertThat(tagsIn(new String(output.get(2).value(), UTF_8), partly))
                    .isEqualTo(loop.tag("/body", "I eat").tags(2));
            assertThat(output.get(3).value()).isEqualTo(json("{'x':{'title':'I'}}"));
            assertThat(tagsIn(new String(output.get(4).value(), UTF_8), partly))
                    .isEqualTo(loop.tag("/body", "I eat").tags(4));
            assertThat(output).hasSize(5);
            assertThat(driver.deadLetters()).isEmpty();
            assertThat(driver.count(TaggingMetrics.PASSED_RECORDS)).isEqualTo(3);
            assertThat(driver.count(TaggingMetrics.SENTENCES)).isEqualTo(2);
        }
    }

    @Test
    void shouldStillDeadLetterWhatIsTooLargeOrNoTextWhereMissingTextPasses() {
        try (TopologyDriver driver = driver(passing("/text").maxRecordBytes(16 << 10))) {
            driver.send(KEY, json("{'x':'" + "x".repeat(16_300) + "'}"));
            driver.send(KEY, json("{'text':1}"));
            driver.send(KEY, json("{'tagstream':1}"));
            driver.send(KEY, json("{"));

            assertThat(driver.output()).isEmpty();
            assertThat(driver.deadLetters()).hasSize(4);
            assertThat(driver.count(TaggingMetrics.PASSED_RECORDS)).isZero();
        }
    }

    @Test
    void shouldTagEveryTextFromTheZeroStateWithoutMemory() {
        String record = "{\"user\":\"u\",\"a\":\"I eat\",\"b\":\"I eat\"}";
        try (TopologyDriver driver = driver(tagging("/a", "/b").memory(StreamMemory.NONE))) {
            driver.send(KEY, record.getBytes(UTF_8));
            driver.send(KEY, record.getBytes(UTF_8));

            List<String> values = values(driver);
            ObjectNode expected = (ObjectNode) new Loop().tag("/a", "I eat").tags(0);
            expected.put("sequence", 0).putNull("state_digest");
            ((ObjectNode) expected.get("tokens")).set("/b", expected.at("/tokens/~1a"));
            assertThat(tagsIn(values.get(0), record)).isEqualTo(expected);
            ((ObjectNode) expected.get("source")).put("offset", 1);
            assertThat(tagsIn(values.get(1), record)).isEqualTo(expected);
            assertThat(driver.remembers()).isFalse();
        }
    }

    /** Random records of several streams, named by a field, against a loop that finds the fields in trees. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldPutOutWhatALoopWithoutKafkaPutsOut(long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, Loop> loops = new HashMap<>();
        List<String> sent = new ArrayList<>();
        List<@Nullable JsonNode> expected = new ArrayList<>();
        int deadLetters = 0;
        try (TopologyDriver driver =
                driver(passing("/msg/text", "/title", "[]/words").keyFrom(KeySource.parse("field:/user/id")))) {
            for (int offset = 0; offset < 300; offset++) {
                String record = record(random);
                driver.send(null, record.getBytes(UTF_8));
                JsonNode tree = JSON.readTree(record);
                JsonNode words = tree.path("words");
                if (Stream.of(tree.at("/msg/text"), tree.at("/title"))
                                .anyMatch(node -> node.isNumber() || node.isArray())
                        || words.isTextual()) {
                    deadLetters++;
                    continue;
                }
                Loop loop = loops.computeIfAbsent(tree.at("/user/id").asText(), any -> new Loop());
                boolean tagged = false;
                for (String field : List.of("/msg/text", "/title")) {
                    if (tree.at(field).isTextual()) {
                        loop.tag(field, tree.at(field).textValue());
                        tagged = true;
                    }
                }
                if (words.isArray()) {
                    loop.tag(
                            "/words",
                            IntStream.range(0, words.size())
                                    .mapToObj(i -> Token.of(words.get(i).textValue()))
                                    .toList());
                    tagged = true;
                }
                sent.add(record);
                expected.add(tagged ? loop.tags(offset) : null);
            }
            List<String> values = values(driver);
            assertThat(values).hasSameSizeAs(sent);
            for (int i = 0; i < values.size(); i++) {
                JsonNode tags = expected.get(i);
                if (tags == null) {
                    assertThat(values.get(i)).isEqualTo(sent.get(i));
                } else {
                    assertThat(tagsIn(values.get(i), sent.get(i))).isEqualTo(tags);
                }
            }
            assertThat(driver.deadLetters()).hasSize(deadLetters);
            assertThat(deadLetters).isBetween(10, 200);
            assertThat(expected).contains((JsonNode) null);
        }
    }

    /** Made by Jackson, in one of its layouts. */
    private static String record(Random random) throws IOException {
        ObjectNode record = JSON.createObjectNode();
        record.put("n", random.nextDouble());
        record.putObject("user").put("id", List.of("ann", "bob", "7").get(random.nextInt(3)));
        switch (random.nextInt(8)) {
            case 0 -> record.put("title", random.nextInt());
            case 1 -> record.putNull("title");
            case 2, 3 -> record.put("title", text(random));
            default -> record.put("other", text(random));
        }
        switch (random.nextInt(4)) {
            case 0 -> record.putArray("words");
            case 1 -> record.putArray("words").add("I").add("eat");
            default -> {}
        }
        switch (random.nextInt(6)) {
            case 0 -> record.putObject("msg").putArray("text");
            case 1, 2 -> record.putObject("msg").put("text", text(random));
            case 3 -> record.put("msg", "no object");
            default -> {}
        }
        return random.nextBoolean()
                ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n"
                : JSON.writeValueAsString(record);
    }

    private static String text(Random random) {
        return List.of("I eat apple", "I work at apple", "", "\uD83D\uDE00 \"apple\" \\ {", "apple")
                .get(random.nextInt(5));
    }
}
