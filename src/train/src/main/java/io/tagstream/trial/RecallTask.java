package io.tagstream.trial;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.model.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * "Remember the first" over sentence borders, as a tagging task: a document's sentences are random symbols, and where a sentence ends
 * in a question its label is the very first symbol of the document. Training goes a sentence a step, so no gradient reaches over a
 * border: what is to be kept must be worth keeping inside a sentence.
 *
 * @param name as it is found under
 * @param words for people
 * @param cell the network's
 * @param asked which sentences ask in training
 */
public record RecallTask(String name, String words, Cell cell, Asked asked) {
    /** The most sentences of a document. */
    public static final int SENTENCES = 8;

    /** Symbols of a sentence, before the question. */
    public static final int SYMBOLS = 3;

    /** Different symbols: a guess is right one time in as many. */
    public static final List<String> ALPHABET =
            List.of("red", "green", "blue", "black", "white", "pink", "brown", "grey");

    public static final List<RecallTask> ALL = List.of(
            new RecallTask("lstm-every", "LSTM, every sentence asks", Cell.LSTM, Asked.EVERY_SENTENCE),
            new RecallTask("rnn-every", "RNN, every sentence asks", Cell.RNN, Asked.EVERY_SENTENCE),
            new RecallTask("lstm-last", "LSTM, only the last of several asks", Cell.LSTM, Asked.LAST_SENTENCE));

    private static final String QUESTION = "?";
    private static final String STOP = ".";
    private static final String NOTHING = "-";

    /** When the question comes. */
    enum Asked {
        /** From the first sentence on. */
        EVERY_SENTENCE,
        /** At the end of the document alone, one border at least after the symbol. */
        LAST_SENTENCE
    }

    /** Documents to learn from: short ones most, each further sentence being a toss of a coin. */
    List<LabelledSentence> documents(int count, Random random) {
        boolean every = asked == Asked.EVERY_SENTENCE;
        List<LabelledSentence> corpus = new ArrayList<>();
        for (int document = 0; document < count; document++) {
            int length = every ? 1 : 2;
            while (length < SENTENCES && random.nextBoolean()) {
                length++;
            }
            corpus.addAll(document(length, every, random));
        }
        return corpus;
    }

    /** Documents of some length whose last sentence asks. */
    static List<LabelledSentence> questions(int count, int sentences, Random random) {
        List<LabelledSentence> corpus = new ArrayList<>();
        for (int document = 0; document < count; document++) {
            corpus.addAll(document(sentences, false, random));
        }
        return corpus;
    }

    private static List<LabelledSentence> document(int sentences, boolean every, Random random) {
        List<LabelledSentence> document = new ArrayList<>();
        String first = "";
        for (int sentence = 0; sentence < sentences; sentence++) {
            List<String> forms = new ArrayList<>();
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                forms.add(ALPHABET.get(random.nextInt(ALPHABET.size())));
            }
            first = sentence == 0 ? forms.get(0) : first;
            boolean asks = every || sentence == sentences - 1;
            forms.add(asks ? QUESTION : STOP);
            List<String> labels = new ArrayList<>(Collections.nCopies(SYMBOLS, NOTHING));
            labels.add(asks ? first : NOTHING);
            document.add(new LabelledSentence("", null, forms, Map.of(ConlluReader.UPOS, labels), sentence == 0));
        }
        return document;
    }

    /** Whether a token is asked. */
    static boolean asks(String form) {
        return form.equals(QUESTION);
    }
}
