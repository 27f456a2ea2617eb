package io.tagstream.infer;

import io.tagstream.text.Token;
import java.util.List;

/** The probabilities behind the tags, sentence by sentence along a stream: what a teacher says. For one thread. */
public final class LabelWeigher implements AutoCloseable {
    private final FormIds ids;
    private final OnnxStepper stepper;
    private final List<String> layers;

    LabelWeigher(FormIds ids, OnnxStepper stepper, List<String> layers) {
        this.ids = ids;
        this.stepper = stepper;
        this.layers = List.copyOf(layers);
    }

    /**
     * Weighs a sentence, or a piece of one, in one call.
     *
     * @param tokens 1 to {@link SentenceTagger#PIECE}
     * @throws IllegalStateException if the model does not offer a layer's probabilities
     */
    public Weighed weigh(List<Token> tokens, HiddenState state) {
        return stepper.weigh(ids.of(tokens), tokens.size(), state, layers);
    }

    @Override
    public void close() {
        stepper.close();
    }
}
