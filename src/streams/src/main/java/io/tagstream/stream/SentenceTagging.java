package io.tagstream.stream;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.infer.UntaggableSentenceException;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.wire.IncomingSentence;
import java.util.List;

/** From a sentence to tagged tokens, whatever record it came in. Belongs to one task's thread. */
public final class SentenceTagging implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final SentenceTagger tagger;
    private final int maxTokens;
    private final String remedy;

    /** @param remedy what to do about too many tokens, the end of a sentence: {@code raise maxTokens} */
    public SentenceTagging(TaggerModel model, Tokenizer tokenizer, int maxTokens, String remedy) {
        this.tokenizer = tokenizer;
        this.tagger = model.newTagger();
        this.maxTokens = maxTokens;
        this.remedy = remedy;
    }

    /** The tokens of a sentence, given or cut. */
    public List<Token> tokens(IncomingSentence sentence) {
        List<String> forms = sentence.tokens();
        if (forms != null) {
            return forms.stream().map(Token::of).toList();
        }
        String text = sentence.text();
        return text == null ? List.of() : tokenizer.tokenize(text);
    }

    /**
     * @param what what has so many tokens
     * @throws BadRecordException if that is too much for one record
     */
    public void checkCount(int tokens, String what) {
        if (tokens > maxTokens) {
            throw new BadRecordException(
                    what + " " + tokens + " tokens, more than " + maxTokens + ": cut it, or " + remedy);
        }
    }

    /** @throws BadRecordException if the model has no answer */
    public TaggedText tag(List<Token> tokens, HiddenState state) {
        try {
            return tagger.tag(tokens, state);
        } catch (UntaggableSentenceException e) {
            throw new BadRecordException(e.getMessage());
        }
    }

    @Override
    public void close() {
        tagger.close();
    }
}
