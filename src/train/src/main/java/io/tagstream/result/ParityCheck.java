package io.tagstream.result;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.LabelWeigher;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.infer.Weighed;
import io.tagstream.model.LabelLayer;
import io.tagstream.network.NetworkTagger;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what an exported model says with what the trainer's network says: every probability of every label layer. */
final class ParityCheck {
    /** The largest difference between two probabilities that are taken for the same. */
    static final double TOLERANCE = 1e-4;
    /** How many sentences are compared, from the corpus's start. */
    static final int SENTENCES = 300;

    private final List<LabelLayer> layers;
    private final Map<Integer, NetworkTagger.Tagged> trainer = new HashMap<>();

    /** @param tagged by the trainer's network; of sentences in one piece alone */
    ParityCheck(List<LabelLayer> layers, List<NetworkTagger.Tagged> tagged) {
        this.layers = layers;
        for (NetworkTagger.Tagged piece : tagged) {
            trainer.put(piece.piece().sentence(), piece);
        }
    }

    /** The sentences to compare: the corpus's first ones, up to one so long that tagging cuts it. */
    static List<LabelledSentence> sample(List<LabelledSentence> corpus) {
        List<LabelledSentence> sample = new ArrayList<>();
        for (LabelledSentence sentence : corpus) {
            if (sample.size() == SENTENCES || sentence.size() > SentenceTagger.PIECE) {
                break;
            }
            sample.add(sentence);
        }
        return sample;
    }

    /** The largest difference between two probabilities over the sample, the state running through its documents. */
    double largestDifference(TaggerModel model, List<LabelledSentence> sample) {
        double largest = 0;
        HiddenState state = HiddenState.zero(model.contract());
        List<String> names = layers.stream().map(LabelLayer::name).toList();
        try (LabelWeigher weigher = model.newWeigher(names)) {
            for (int s = 0; s < sample.size(); s++) {
                List<Token> tokens =
                        sample.get(s).forms().stream().map(Token::of).toList();
                HiddenState start = sample.get(s).beginsDocument() ? HiddenState.zero(model.contract()) : state;
                if (tokens.isEmpty()) {
                    state = start;
                    continue;
                }
                Weighed served = weigher.weigh(tokens, start);
                for (int layer = 0; layer < layers.size(); layer++) {
                    largest = Math.max(largest, difference(s, layer, served.probabilities()[layer]));
                }
                state = served.next();
            }
        }
        return largest;
    }

    private double difference(int sentence, int layer, float[][] served) {
        NetworkTagger.Tagged trained = trainer.get(sentence);
        if (trained == null) {
            throw new IllegalArgumentException("the trainer did not tag sentence " + sentence);
        }
        double largest = 0;
        for (int t = 0; t < served.length; t++) {
            for (int label = 0; label < served[t].length; label++) {
                double difference = Math.abs(served[t][label] - trained.probability(layer, t, label));
                // NaN compares false with everything; it must not pass for a small difference.
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }
}
