package io.tagstream.infer;

/** Advances a hidden state over one call's tokens. An instance belongs to one thread. */
public interface Stepper extends AutoCloseable {
    /**
     * One call of the model.
     *
     * @param ids {@code [T + look-ahead, ids a token]} row by row, the end symbols included
     * @param length the number of tokens T, 1 to {@link SentenceTagger#PIECE}
     * @param state the state before the call
     */
    Step step(int[] ids, int length, HiddenState state);

    @Override
    void close();
}
