package io.tagstream.rawtext;

import io.tagstream.data.LabelledSentence;
import io.tagstream.data.WordRange;
import io.tagstream.text.UsageException;
import java.util.ArrayList;
import java.util.List;

/** Finds where the words of a labelled sentence stand in its text. */
final class GoldWords {
    private GoldWords() {}

    /**
     * The words with the offsets of their tokens in the sentence's text.
     *
     * @throws UsageException if the sentence has no text, or its tokens are not what the text holds
     */
    static List<AlignedWord> of(LabelledSentence sentence) {
        String text = text(sentence);
        List<AlignedWord> words = new ArrayList<>(sentence.size());
        int at = 0;
        int nextRange = 0;
        for (int word = 0; word < sentence.size(); ) {
            List<WordRange> ranges = sentence.ranges();
            boolean multiword =
                    nextRange < ranges.size() && ranges.get(nextRange).from() == word;
            String token =
                    multiword ? ranges.get(nextRange).form() : sentence.forms().get(word);
            int to = multiword ? ranges.get(nextRange++).to() : word + 1;
            at = afterSpace(text, at);
            if (!text.startsWith(token, at)) {
                throw new UsageException("sentence '" + sentence.id() + "' of the corpus: its text has no '" + token
                        + "' at offset " + at + ": '# text' and the tokens must agree");
            }
            for (; word < to; word++) {
                words.add(new AlignedWord(sentence.forms().get(word), at, at + token.length(), multiword));
            }
            at += token.length();
        }
        if (afterSpace(text, at) < text.length()) {
            throw new UsageException("sentence '" + sentence.id() + "' of the corpus: its text goes on after "
                    + "the last token: '# text' and the tokens must agree");
        }
        return words;
    }

    /** The sentence's text. */
    static String text(LabelledSentence sentence) {
        String text = sentence.text();
        if (text == null) {
            throw new UsageException(
                    "sentence '" + sentence.id() + "' of the corpus has no text: a '# text = ...' line is needed");
        }
        return text;
    }

    private static int afterSpace(String text, int from) {
        int at = from;
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || Character.isSpaceChar(text.charAt(at)))) {
            at++;
        }
        return at;
    }
}
