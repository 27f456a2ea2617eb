package io.tagstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.text.TagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ModelMetadataTest {
    private static final List<String> ENTRIES =
            List.of("", " ", "a,b", "tab\there", "\r", "naïve", "東京", "🍎", "𝔘𝔫𝔦", "\u0000", "\u2028");

    private static ModelContract contract(String name, List<String> entries) {
        return new ModelContract(
                name,
                "en",
                Cell.LSTM,
                2,
                8,
                3,
                1,
                List.of(
                        new LabelLayer("upos", new TagSet(List.of(",", "``", "🍎"))),
                        new LabelLayer("xpos", new TagSet(List.of("A", "B")))),
                List.of(
                        new FeatureColumn("word", FeatureColumn.Kind.WORD, 0, new Vocabulary(entries), 13),
                        new FeatureColumn("prefix-3", FeatureColumn.Kind.PREFIX, 3, new Vocabulary(List.of())),
                        new FeatureColumn("suffix-12", FeatureColumn.Kind.SUFFIX, 12, new Vocabulary(List.of(""))),
                        new FeatureColumn("shape", FeatureColumn.Kind.SHAPE, 0, new Vocabulary(List.of("Xx")))),
                "ud-english",
                "int8",
                new Provenance("EWT", "CC BY-SA 4.0", "", "42", "94.9 % upos"));
    }

    @Test
    void shouldReadWhatItWrote() {
        ModelContract plain = contract("en", ENTRIES);
        ModelContract written = plain.with(plain.columns(), 1);
        Map<String, String> metadata = ModelMetadata.write(written);
        List<String> problems = new ArrayList<>();
        ModelContract read = ModelMetadata.parse(metadata, problems);
        assertThat(problems).isEmpty();
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
        assertThat(ModelMetadata.write(written)).isEqualTo(metadata);
        assertThat(ModelMetadata.write(plain)).doesNotContainKey("tagstream.spread");
        assertThat(metadata)
                .containsEntry("tagstream.contract", "2")
                .containsEntry("tagstream.rows.word", "13")
                .containsEntry("tagstream.spread", "1")
                .doesNotContainKey("tagstream.rows.shape")
                .containsEntry("tagstream.columns", "word\nprefix-3\nsuffix-12\nshape")
                .containsEntry("tagstream.column.prefix-3", "prefix 3")
                .containsEntry("tagstream.column.shape", "shape")
                .containsEntry("tagstream.label_layers", "upos\nxpos")
                .containsEntry("tagstream.cell", "lstm");
    }

    @Test
    void shouldAcceptAListWithoutItsLastLineFeed() {
        assertThat(PackedLines.unpack(PackedLines.pack(List.of("a", "b")))).containsExactly("a", "b");
        // printf 'a\nb' | gzip -n | base64
        assertThat(PackedLines.unpack("H4sIAAAAAAAAA0vkSgIA+5AH7wMAAAA=")).containsExactly("a", "b");
    }

    @Test
    void shouldRefuseWhatMetadataCannotHold() {
        assertThatThrownBy(() -> ModelMetadata.write(contract("🍎", ENTRIES)))
                .hasMessageStartingWith("tagstream.name holds a character outside the basic plane");
        assertThatThrownBy(() -> ModelMetadata.write(contract("en", List.of("half \ud83c"))))
                .hasMessage("an entry holds half a surrogate pair");
        assertThatThrownBy(() -> ModelMetadata.write(contract("", ENTRIES)))
                .hasMessageContaining("tagstream.name is missing");
    }

    @Test
    void shouldReportMoreRowsThanCanBeCounted() {
        Map<String, String> metadata = ModelMetadata.write(contract("en", ENTRIES));
        metadata.put("tagstream.rows.word", "65536");
        metadata.put("tagstream.vocabulary.word", PackedLines.pack(manyEntries()));
        List<String> problems = new ArrayList<>();
        assertThat(ModelMetadata.parse(metadata, problems)).isNull();
        assertThat(problems)
                .containsExactly(
                        "metadata tagstream.rows.* ask for 2621571080 rows in all, expected 2147483647 at most:"
                                + " correct them in the file");
    }

    @Test
    void shouldReportASpreadBeyondTheLookAhead() {
        Map<String, String> metadata = ModelMetadata.write(contract("en", ENTRIES));
        metadata.put("tagstream.spread", "2");
        List<String> problems = new ArrayList<>();
        assertThat(ModelMetadata.parse(metadata, problems)).isNull();
        assertThat(problems)
                .containsExactly(
                        "metadata tagstream.spread is '2', expected a number from 0 to 1: correct it in the file");
    }

    @Test
    void shouldRefuseTheFirstContract() {
        Map<String, String> metadata = ModelMetadata.write(contract("en", ENTRIES));
        metadata.put("tagstream.contract", "1");
        List<String> problems = new ArrayList<>();
        assertThat(ModelMetadata.parse(metadata, problems)).isNull();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("found tagstream.contract 1, expected 2: export the model again");
    }

    private static List<String> manyEntries() {
        return IntStream.range(0, 40_000).mapToObj(Integer::toString).toList();
    }

    @Test
    void shouldReportDoubledValues() {
        Map<String, String> metadata = ModelMetadata.write(contract("en", ENTRIES));
        metadata.put("tagstream.vocabulary.word", PackedLines.pack(List.of("a", "a")));
        metadata.put("tagstream.labels.upos", PackedLines.pack(List.of("X", "X")));
        metadata.put("tagstream.labels.xpos", PackedLines.pack(List.of()));
        metadata.put("tagstream.columns", "word\nword\nh0\na b");
        List<String> problems = new ArrayList<>();
        assertThat(ModelMetadata.parse(metadata, problems)).isNull();
        assertThat(problems)
                .contains(
                        "metadata tagstream.labels.upos cannot be used: label 'X' is there twice, expected distinct labels: correct"
                                + " the list",
                        "metadata tagstream.labels.xpos cannot be used: a tag set needs at least one label, expected distinct"
                                + " labels: correct the list",
                        "metadata tagstream.columns names one thing twice, found [word, word, h0, a b], expected distinct names:"
                                + " rename one",
                        "metadata tagstream.columns holds the name 'h0', expected letters, digits, _ and -, and none of the"
                                + " states h0, c0, hn, cn: rename it",
                        "metadata tagstream.vocabulary.word cannot be used: vocabulary entry 'a' is there twice, expected distinct"
                                + " values: correct the list");
    }
}
