package io.tagstream.data;

import java.util.List;

/**
 * A labelled corpus.
 *
 * @param isConllu whether it is CoNLL-U, otherwise columns
 * @param sentences all its sentences, in its order
 */
public record Corpus(boolean isConllu, List<LabelledSentence> sentences) {
    public Corpus {
        sentences = List.copyOf(sentences);
    }
}
