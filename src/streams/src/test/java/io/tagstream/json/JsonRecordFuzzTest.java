package io.tagstream.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.format.RandomEvents;
import io.tagstream.format.WireFormats;
import io.tagstream.json.RecordTags.TaggedField;
import io.tagstream.json.TaggableRecord.Text;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random objects in random layouts, read and written by us and, as trees, by Jackson's data binding, which finds pointers by itself.
 * The names on the way to a field are there once in an object; every other may be there again.
 */
class JsonRecordFuzzTest {
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> NAMES =
            List.of("text", "a", "0", "1", "x/y", "~t", "", "\uD83D\uDE00", "tags", "\"");
    private static final List<String> NOISE = List.of("n", "Text", "\u00e9", "\\", "{", "00", "-", "text ");
    private static final List<String> TEXTS = List.of(
            "/text",
            "/text",
            "/1",
            "/a/text",
            "/a/0",
            "/a/1/text",
            "/0",
            "/1/a/0",
            "/x~1y",
            "/~0t/\uD83D\uDE00",
            "/",
            "//a",
            "/a/a/a");
    private static final List<String> TAGS =
            List.of("/tags", "/tagstream", "/a/tags", "/0/1/tags", "/~0t/x~1y", "/1", "/\"");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1.0",
            "1.00",
            "12345678901234567890123456789",
            "1e2",
            "1E+2",
            "-0.5e-7",
            "0.1000000000000000055511");

    private final StringBuilder json = new StringBuilder();
    private Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldFindAndAddWhatATreeFindsAndAddsAndKeepEveryByte(long seed) throws IOException {
        random = new Random(seed);
        RandomEvents events = new RandomEvents(seed);
        int tagged = 0;
        int passed = 0;
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            RecordFields fields = fields();
            if (fields == null) {
                continue;
            }
            json.setLength(0);
            layout();
            object(0);
            layout();
            byte[] value = json.toString().getBytes(UTF_8);
            String what = "seed " + seed + ", record " + i + ", " + fields + ": " + json;
            JsonNode tree = TREES.readTree(value);
            List<Text> expected = expected(fields, tree);
            TaggableRecord read;
            try {
                read = WireFormats.recordReader(InputFormat.JSON, fields).read(value);
            } catch (UndecodableEventException e) {
                assertThat(expected).as(what + ": " + e.getMessage()).isNull();
                refused++;
                continue;
            }
            assertThat(read.texts()).as(what).isEqualTo(expected);
            if (read.texts().isEmpty()) {
                passed++;
                continue;
            }
            RecordTags tags = tags(events, read.texts());
            byte[] out = read.withTags(tags);
            assertThat(commonStart(value, out) + commonEnd(value, out))
                    .as(what + " became " + new String(out, UTF_8))
                    .isGreaterThanOrEqualTo(value.length);
            assertThat(TREES.readTree(out))
                    .as(what)
                    .isEqualTo(with((ObjectNode) tree, fields.tags().names(), tree(tags)));
            tagged++;
        }
        assertThat(tagged).isGreaterThan(500);
        assertThat(passed).isGreaterThan(500);
        assertThat(refused).isGreaterThan(500);
    }

    /** Some fields, or null where the choice is in its own way. */
    private @Nullable RecordFields fields() {
        List<TextField> texts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            texts.add(new TextField(
                    FieldPointer.parse(any(TEXTS)),
                    random.nextInt(4) == 0 ? TextField.Kind.TOKENS : TextField.Kind.TEXT));
        }
        try {
            return new RecordFields(
                    texts,
                    FieldPointer.parse(any(TAGS)),
                    random.nextInt(4) == 0 ? MissingText.DEAD_LETTER : MissingText.PASS);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The texts by the tree; null where the record is to be refused. */
    private static @Nullable List<Text> expected(RecordFields fields, JsonNode tree) {
        List<Text> texts = new ArrayList<>();
        for (TextField field : fields.texts()) {
            JsonNode node = tree.at(JsonPointer.compile(field.pointer().toString()));
            if (node.isMissingNode() || node.isNull()) {
                if (fields.missing() == MissingText.DEAD_LETTER) {
                    return null;
                }
            } else if (field.kind() == TextField.Kind.TEXT) {
                if (!node.isTextual()) {
                    return null;
                }
                texts.add(new Text(field.pointer(), new IncomingSentence("", node.textValue(), null, false)));
            } else {
                List<String> tokens = new ArrayList<>();
                for (JsonNode token : node) {
                    if (!token.isTextual() || token.textValue().isEmpty()) {
                        return null;
                    }
                    tokens.add(token.textValue());
                }
                if (!node.isArray()) {
                    return null;
                }
                texts.add(new Text(field.pointer(), new IncomingSentence("", null, tokens, false)));
            }
        }
        JsonNode at = tree;
        for (int i = 0; i < fields.tags().names().size(); i++) {
            if (!at.isObject() && !at.isArray()) {
                return texts.isEmpty() ? texts : null;
            }
            JsonNode next = at.at(
                    JsonPointer.compile(new FieldPointer(fields.tags().names().subList(i, i + 1)).toString()));
            if (next.isMissingNode()) {
                return texts.isEmpty() || at.isObject() ? texts : null;
            }
            at = next;
        }
        return null;
    }

    private static RecordTags tags(RandomEvents events, List<Text> texts) {
        List<TaggedField> tagged = new ArrayList<>();
        for (Text text : texts) {
            tagged.add(new TaggedField(text.field(), events.outgoing().tokens()));
        }
        return new RecordTags(9, "m@1", new EventSource("in", 1, 2), null, tagged);
    }

    private static ObjectNode tree(RecordTags tags) {
        ObjectNode tree =
                TREES.createObjectNode().put("sequence", (int) tags.sequence()).put("model", tags.model());
        tree.putObject("source").put("topic", "in").put("partition", 1).put("offset", 2);
        tree.putNull("state_digest");
        ObjectNode tokens = tree.putObject("tokens");
        for (TaggedField text : tags.texts()) {
            ArrayNode list = tokens.putArray(text.field().toString());
            for (TokenTags token : text.tokens()) {
                ObjectNode written = list.addObject()
                        .put("form", token.token().form())
                        .put("start", token.token().start())
                        .put("end", token.token().end())
                        .put("tag", token.tag());
                // The shortest form of a score is the affair of JsonEventEncoder.
                written.put("score", new BigDecimal(NumberOutput.toString(token.score(), true)));
                ObjectNode layers = written.putObject("tags");
                token.tags().forEach(layers::put);
            }
        }
        return tree;
    }

    private static ObjectNode with(ObjectNode tree, List<String> names, ObjectNode tags) {
        JsonNode at = tree;
        for (String name : names.subList(0, names.size() - 1)) {
            if (at.isArray()) {
                at = at.get(Integer.parseInt(name));
            } else {
                JsonNode next = at.get(name);
                at = next == null ? ((ObjectNode) at).putObject(name) : next;
            }
        }
        ((ObjectNode) at).set(names.get(names.size() - 1), tags);
        return tree;
    }

    private void object(int depth) {
        json.append('{');
        List<String> left = new ArrayList<>(NAMES);
        boolean first = true;
        for (int i = random.nextInt(6) + (depth == 0 ? 5 : 0); i > 0; i--) {
            if (!first) {
                json.append(',');
            }
            first = false;
            layout();
            string(random.nextInt(3) == 0 ? any(NOISE) : left.remove(random.nextInt(left.size())));
            layout();
            json.append(':');
            layout();
            value(depth + 1);
            layout();
        }
        if (first) {
            layout();
        }
        json.append('}');
    }

    private void value(int depth) {
        switch (depth == 1 && random.nextInt(3) > 0 ? 3 : random.nextInt(depth > 6 ? 6 : 11)) {
            case 0 -> json.append("null");
            case 1 -> json.append(any(NUMBERS));
            case 2 -> json.append(random.nextBoolean());
            case 3, 4, 5 -> string(new RandomEvents(random.nextLong()).text());
            case 6, 7, 8 -> object(depth);
            default -> array(depth);
        }
    }

    private void array(int depth) {
        json.append('[');
        boolean strings = random.nextBoolean();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            json.append(i == 0 ? "" : ",");
            layout();
            if (strings) {
                string(new RandomEvents(random.nextLong()).form());
            } else {
                value(depth + 1);
            }
            layout();
        }
        json.append(']');
    }

    private void string(String text) {
        json.append('"');
        text.codePoints().forEach(character -> {
            if (character < ' ' || character == '"' || character == '\\' || random.nextInt(8) == 0) {
                for (char c : Character.toChars(character)) {
                    json.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
                }
            } else {
                json.appendCodePoint(character);
            }
        });
        json.append('"');
    }

    private void layout() {
        for (int i = random.nextInt(3) == 0 ? random.nextInt(3) : 0; i > 0; i--) {
            json.append(" \n\r\t".charAt(random.nextInt(4)));
        }
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static int commonStart(byte[] one, byte[] other) {
        int at = 0;
        while (at < one.length && at < other.length && one[at] == other[at]) {
            at++;
        }
        return at;
    }

    private static int commonEnd(byte[] one, byte[] other) {
        int count = 0;
        while (count < one.length
                && count < other.length
                && one[one.length - 1 - count] == other[other.length - 1 - count]) {
            count++;
        }
        return count;
    }
}
