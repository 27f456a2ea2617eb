package io.tagstream.infer;

import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.FormIds;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.onnx.InferenceException;
import io.tagstream.text.TagSet;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tags one sentence from a state. A sentence is one call, alone; one longer than {@link #PIECE} is cut at fixed places, each
 * piece a call with end symbols of its own, the state running through. So what a sentence gets depends on it, the state and the model
 * alone. An instance belongs to one thread.
 */
public final class SentenceTagger implements AutoCloseable {
    /** The longest run of tokens in one call; longer sentences are cut at fixed places. */
    public static final int PIECE = 512;

    private final List<LabelLayer> layers;
    private final FormIds formIds;
    private final Stepper stepper;
    private final List<Map<String, String>> secondTags;

    /** Takes over the stepper: closing the tagger closes it. */
    public SentenceTagger(ModelContract contract, FeatureExtractor extractor, Stepper stepper) {
        this.layers = contract.labelLayers();
        this.formIds = new FormIds(contract, extractor);
        this.stepper = stepper;
        this.secondTags = layers.size() == 2
                ? layers.get(1).tags().labels().stream()
                        .map(label -> Map.of(layers.get(1).name(), label))
                        .toList()
                : List.of();
    }

    /**
     * Tags a sentence.
     *
     * @param tokens the sentence, may be empty (the state then stays)
     * @param state the state before it
     * @throws UntaggableSentenceException if the model gives no usable answer for it
     * @throws InferenceException if ONNX Runtime fails
     */
    public TaggedText tag(List<Token> tokens, HiddenState state) {
        List<TokenTags> tagged = new ArrayList<>(tokens.size());
        HiddenState next = state;
        for (int from = 0; from < tokens.size(); from += PIECE) {
            List<Token> piece = tokens.subList(from, Math.min(from + PIECE, tokens.size()));
            Step step = stepper.step(formIds.of(piece), piece.size(), next);
            check(step, from, piece.size());
            for (int t = 0; t < piece.size(); t++) {
                tagged.add(new TokenTags(
                        piece.get(t),
                        layers.get(0).tags().label(step.labels()[0][t]),
                        step.scores()[t],
                        otherTags(step, t)));
            }
            next = step.next();
        }
        return new TaggedText(tagged, next);
    }

    private void check(Step step, int from, int length) {
        for (int layer = 0; layer < layers.size(); layer++) {
            TagSet tags = layers.get(layer).tags();
            for (int t = 0; t < length; t++) {
                int label = step.labels()[layer][t];
                if (label < 0 || label >= tags.size() || (layer == 0 && !Float.isFinite(step.scores()[t]))) {
                    throw new UntaggableSentenceException(
                            "the model gave token " + (from + t) + " the "
                                    + layers.get(layer).name() + " label " + label + " of " + tags.size()
                                    + (layer == 0 ? " with score " + step.scores()[t] : ""),
                            from + t);
                }
            }
        }
        // A state that is not finite would make every later sentence of the stream untaggable.
        if (!finite(step.next().h()) || !finite(step.next().c())) {
            throw new UntaggableSentenceException(
                    "the model's state is not finite after token " + (from + length - 1), from + length - 1);
        }
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> otherTags(Step step, int t) {
        if (layers.size() == 1) {
            return Map.of();
        }
        if (layers.size() == 2) {
            return secondTags.get(step.labels()[1][t]);
        }
        Map<String, String> tags = new HashMap<>();
        for (int layer = 1; layer < layers.size(); layer++) {
            tags.put(layers.get(layer).name(), layers.get(layer).tags().label(step.labels()[layer][t]));
        }
        return tags;
    }

    @Override
    public void close() {
        stepper.close();
    }
}
