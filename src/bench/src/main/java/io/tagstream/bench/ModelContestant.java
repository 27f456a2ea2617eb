package io.tagstream.bench;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.CorpusTagging;
import io.tagstream.eval.Memory;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.LabelLayer;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model of ours, with its state carried through a document as it is when it serves. */
final class ModelContestant implements Contestant {
    private final ShippedModel shipped;
    private final SentenceTagger tagger;

    /** The model stays the caller's. */
    ModelContestant(ShippedModel shipped) {
        this.shipped = shipped;
        this.tagger = shipped.model().newTagger();
    }

    @Override
    public String name() {
        return shipped.name();
    }

    @Override
    public boolean isDefault() {
        return shipped.isDefault();
    }

    @Override
    public Pass prepare(List<LabelledSentence> corpus, List<List<String>> forms) {
        List<List<Token>> sentences = new ArrayList<>(forms.size());
        forms.forEach(sentence -> sentences.add(sentence.stream().map(Token::of).toList()));
        return new ModelPass(shipped.model(), tagger, corpus, sentences);
    }

    @Override
    public void close() {
        tagger.close();
    }

    private static final class ModelPass implements Pass {
        private final TaggerModel model;
        private final SentenceTagger tagger;
        private final List<LabelledSentence> corpus;
        private final List<List<Token>> sentences;
        private List<List<TokenTags>> tagged = List.of();

        ModelPass(
                TaggerModel model, SentenceTagger tagger, List<LabelledSentence> corpus, List<List<Token>> sentences) {
            this.model = model;
            this.tagger = tagger;
            this.corpus = corpus;
            this.sentences = sentences;
        }

        @Override
        public void run() {
            tagged = CorpusTagging.tag(model, tagger, corpus, sentences, Memory.CARRIED);
        }

        @Override
        public Map<String, List<List<String>>> labels() {
            Map<String, List<List<String>>> labels = new LinkedHashMap<>();
            List<LabelLayer> layers = model.contract().labelLayers();
            for (int layer = 0; layer < layers.size(); layer++) {
                boolean first = layer == 0;
                String name = layers.get(layer).name();
                labels.put(
                        name,
                        tagged.stream()
                                .map(sentence -> sentence.stream()
                                        .map(token -> first
                                                ? token.tag()
                                                : token.tags().getOrDefault(name, ""))
                                        .toList())
                                .toList());
            }
            return labels;
        }
    }
}
