package io.tagstream.eval;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.List;

/** Tags the sentences of a corpus one after the other, on the calling thread. */
public final class CorpusTagging {
    private CorpusTagging() {}

    /** What a model makes of the forms of a corpus: a list of tags a sentence. */
    public static List<List<TokenTags>> tag(TaggerModel model, List<LabelledSentence> corpus, Memory memory) {
        List<List<Token>> tokens = new ArrayList<>(corpus.size());
        for (LabelledSentence sentence : corpus) {
            tokens.add(sentence.forms().stream().map(Token::of).toList());
        }
        try (SentenceTagger tagger = model.newTagger()) {
            return tag(model, tagger, corpus, tokens, memory);
        }
    }

    /**
     * The same with a tagger that is there already and tokens made before, so that the time taken is the tagger's.
     *
     * @param corpus says where documents begin
     * @param tokens what to tag, a list of tokens a sentence
     */
    public static List<List<TokenTags>> tag(
            TaggerModel model,
            SentenceTagger tagger,
            List<LabelledSentence> corpus,
            List<List<Token>> tokens,
            Memory memory) {
        HiddenState zero = HiddenState.zero(model.contract());
        HiddenState state = zero;
        List<List<TokenTags>> tagged = new ArrayList<>(corpus.size());
        for (int s = 0; s < corpus.size(); s++) {
            boolean afresh = memory == Memory.RESET || corpus.get(s).beginsDocument();
            TaggedText text = tagger.tag(tokens.get(s), afresh ? zero : state);
            state = text.next();
            tagged.add(text.tokens());
        }
        return tagged;
    }
}
