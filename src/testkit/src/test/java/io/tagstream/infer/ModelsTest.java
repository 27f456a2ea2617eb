package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.fixture.TinyModels;
import io.tagstream.text.TokenTags;
import io.tagstream.text.UsageException;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
    @TempDir
    private Path folder;

    /** What {@link Models} shows. */
    @Test
    void shouldTagAndCarryTheStateInAFewLines() {
        List<String> tags = new ArrayList<>();
        try (TaggerModel model = Models.open("en");
                SentenceTagger tagger = model.newTagger()) {
            Tokenizer tokenizer = Tokenizers.named(model.contract().tokenizer());
            HiddenState state = HiddenState.zero(model.contract());
            for (String sentence : List.of("I eat apple.", "I work at apple.")) {
                TaggedText tagged = tagger.tag(tokenizer.tokenize(sentence), state);
                tagged.tokens().stream().map(TokenTags::tag).forEach(tags::add);
                state = tagged.next();
            }
            assertThat(state).isNotEqualTo(HiddenState.zero(model.contract()));
        }
        assertThat(tags).containsExactly("PRON", "VERB", "NOUN", "PUNCT", "PRON", "VERB", "ADP", "PROPN", "PUNCT");
    }

    @Test
    void shouldNameEveryModelOfTheJar() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/models-en/src/main/resources/models"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".onnx"))
                            .map(name -> name.replace(".onnx", "")))
                    .containsExactlyInAnyOrderElementsOf(Models.shipped());
        }
    }

    @Test
    void shouldOpenAFile() throws Exception {
        Path file = Files.write(folder.resolve("tiny.onnx"), TinyModels.lstm().bytes());
        try (TaggerModel model = Models.open(file.toString())) {
            assertThat(model.fingerprint()).hasSize(16);
        }
    }

    @Test
    void shouldSayWhichModelsThereAre() {
        assertThatThrownBy(() -> Models.open("fr"))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("there is no model 'fr'", ".onnx", "en, en-fast");
    }
}
