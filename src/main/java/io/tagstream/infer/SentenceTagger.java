package io.tagstream.infer;

import io.tagstream.text.Token;
import java.util.List;

/** Tags one sentence from a state. An instance belongs to one thread. */
public final class SentenceTagger implements AutoCloseable {
    /** The longest run of tokens in one call; longer sentences are cut every so many tokens. */
    public static final int PIECE = 512;

    /**
     * @param tokens the sentence, may be empty (the state then stays)
     * @param state the state before it
     */
    public TaggedText tag(List<Token> tokens, HiddenState state) {
        throw new IllegalStateException("stub");
    }

    @Override
    public void close() {}
}
