package io.tagstream.examples;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.Models;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.TokenTags;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import java.util.List;

/** Tags sentences of one text without Kafka, and carries the state from each to the next. */
public final class CoreAlone {
    private CoreAlone() {}

    public static void main(String[] sentences) {
        List<String> text = sentences.length > 0 ? List.of(sentences) : List.of("I eat apple.", "I work at apple.");
        try (TaggerModel model = Models.open("en");
                SentenceTagger tagger = model.newTagger()) {
            Tokenizer tokenizer = Tokenizers.named(model.contract().tokenizer());
            HiddenState state = HiddenState.zero(model.contract());
            for (String sentence : text) {
                TaggedText tagged = tagger.tag(tokenizer.tokenize(sentence), state);
                for (TokenTags token : tagged.tokens()) {
                    System.out.print(token.token().form() + "/" + token.tag() + " ");
                }
                System.out.println();
                state = tagged.next();
            }
        }
    }
}
