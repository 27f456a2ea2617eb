package io.tagstream.bench;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;

/** OpenNLP's tagger with a model whose tags are UPOS; it knows no memory over sentences. */
final class OpenNlpContestant implements Contestant {
    private final String name;
    private final POSTaggerME tagger;

    OpenNlpContestant(String name, POSModel model) {
        this.name = name;
        this.tagger = new POSTaggerME(model);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public Pass prepare(List<LabelledSentence> corpus, List<List<String>> forms) {
        return new OpenNlpPass(
                tagger,
                forms.stream().map(sentence -> sentence.toArray(String[]::new)).toList());
    }

    @Override
    public void close() {
        // Nothing native.
    }

    private static final class OpenNlpPass implements Pass {
        private final POSTaggerME tagger;
        private final List<String[]> sentences;
        private List<String[]> tagged = List.of();

        OpenNlpPass(POSTaggerME tagger, List<String[]> sentences) {
            this.tagger = tagger;
            this.sentences = sentences;
        }

        @Override
        public void run() {
            List<String[]> results = new ArrayList<>(sentences.size());
            for (String[] sentence : sentences) {
                results.add(tagger.tag(sentence));
            }
            tagged = results;
        }

        @Override
        public Map<String, List<List<String>>> labels() {
            return Map.of(ConlluReader.UPOS, tagged.stream().map(Arrays::asList).toList());
        }
    }
}
