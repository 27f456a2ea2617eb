package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.data.LabelledSentence;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.TokenTags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusTaggingTest {
    private static final List<LabelledSentence> TWICE_IN_A_DOCUMENT =
            List.of(sentence(true), sentence(false), sentence(true));

    @Test
    void shouldCarryTheStateInsideADocumentAndNotBeyond() {
        List<List<TokenTags>> tagged = tag(Memory.CARRIED);

        assertThat(tagged.get(1)).isNotEqualTo(tagged.get(0));
        assertThat(tagged.get(2)).isEqualTo(tagged.get(0));
    }

    @Test
    void shouldStartEverySentenceAfreshWhereTheStateIsReset() {
        List<List<TokenTags>> tagged = tag(Memory.RESET);

        assertThat(tagged.get(1)).isEqualTo(tagged.get(0));
        assertThat(tagged.get(2))
                .isEqualTo(tagged.get(0))
                .isEqualTo(tag(Memory.CARRIED).get(0));
    }

    private static List<List<TokenTags>> tag(Memory memory) {
        try (TaggerModel model = TinyModels.lstm().hidden(12).lookAhead(1).open()) {
            return CorpusTagging.tag(model, TWICE_IN_A_DOCUMENT, memory);
        }
    }

    private static LabelledSentence sentence(boolean beginsDocument) {
        return new LabelledSentence("", null, List.of("I", "eat", "apple", "."), Map.of(), beginsDocument);
    }
}
