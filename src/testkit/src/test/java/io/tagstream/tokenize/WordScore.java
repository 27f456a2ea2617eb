package io.tagstream.tokenize;

import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Words F1 by the definition of CoNLL 2018, sentences given: a word is right if it covers exactly a gold word's characters. */
record WordScore(int gold, int found, int right, List<String> errors) {
    static WordScore of(Tokenizer tokenizer, List<GoldText> sentences) {
        int gold = 0;
        int found = 0;
        int right = 0;
        List<String> errors = new ArrayList<>();
        for (GoldText sentence : sentences) {
            Set<Long> spans = new HashSet<>();
            for (int word = 0; word < sentence.begins().size(); word++) {
                spans.add(span(sentence.begins().get(word), sentence.ends().get(word)));
            }
            List<Token> tokens = tokenizer.tokenize(sentence.text());
            gold += spans.size();
            found += tokens.size();
            for (Token token : tokens) {
                if (spans.contains(span(token.start(), token.end()))) {
                    right++;
                } else {
                    errors.add(sentence.text().substring(Math.max(0, token.start() - 15), token.start()) + "["
                            + token.form()
                            + "]"
                            + sentence.text()
                                    .substring(
                                            token.end(),
                                            Math.min(sentence.text().length(), token.end() + 15)));
                }
            }
        }
        return new WordScore(gold, found, right, errors);
    }

    double f1() {
        return 200.0 * right / (gold + found);
    }

    private static long span(int start, int end) {
        return (long) start << 32 | end;
    }
}
