package io.tagstream.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads CoNLL-U (universaldependencies.org/format): ten tab-separated columns a word, comment lines with #, an empty line after
 * each sentence.
 *
 * <p>Words are read, and which of them are written as one token (the multiword range {@code 3-4}); empty nodes ({@code 3.1}) are
 * skipped. UPOS becomes layer {@value #UPOS}, XPOS layer {@value #XPOS}, DEPREL layer {@value #DEPREL}; a sentence in which a word
 * lacks one ({@code _}) is without that layer. FEATS becomes layer {@value #FEATS} in sentences with any, where {@code _} says that a
 * word has none. A key of MISC, where one is asked for, is a
 * layer like that, of every sentence. The first sentence
 * of a file begins a document, and so does each after {@code # newdoc}.
 *
 * <p>MISC may say what a machine holds of a word: {@code soft.upos=NOUN/93;PROPN/7|soft.xpos=NN/90;NNP/10}, as {@link LabelShares} has
 * it, by layer. A word without that has the label of its column for certain.
 */
public final class ConlluReader {
    /** The layer of universal part-of-speech tags. */
    public static final String UPOS = "upos";
    /** The layer of the treebank's own part-of-speech tags. */
    public static final String XPOS = "xpos";

    /** The layer of morphological features, {@code Number=Sing|Person=3}. */
    public static final String FEATS = "feats";
    /** The layer of relations to the head, {@code nsubj}. */
    public static final String DEPREL = "deprel";

    private static final int COLUMNS = 10;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})-(\\d{1,6})");

    private final Path file;
    private final ConlluPool pool = new ConlluPool();
    private final List<LabelledSentence> sentences = new ArrayList<>();
    private final Map<String, ConlluColumn> layers;
    private ConlluSentence sentence;
    private int line;

    private ConlluReader(Path file, List<LayerColumn> layers) {
        this.file = file;
        try {
            this.layers = ConlluColumn.of(layers);
        } catch (IllegalArgumentException e) {
            throw new CorpusException(file, CorpusException.WHOLE_FILE, Objects.toString(e.getMessage()));
        }
        this.sentence = new ConlluSentence(true, this.layers, pool);
    }

    /**
     * All sentences of a file, in its order.
     *
     * @throws CorpusException if the file cannot be read, is not UTF-8, is not CoNLL-U or holds no sentence
     */
    public static List<LabelledSentence> read(Path file) {
        return CorpusFile.read(file, lines -> read(lines, file, List.of()));
    }

    /**
     * All sentences of a text.
     *
     * @param name what the text is called in errors
     * @throws CorpusException if it cannot be read, is not CoNLL-U or holds no sentence
     */
    public static List<LabelledSentence> read(InputStream in, Path name) {
        return CorpusFile.read(in, name, lines -> read(lines, name, List.of()));
    }

    /** The same of lines, with other layers besides. */
    static List<LabelledSentence> read(CorpusLines lines, Path name, List<LayerColumn> layers) throws IOException {
        return new ConlluReader(name, layers).read(lines);
    }

    private List<LabelledSentence> read(CorpusLines lines) throws IOException {
        for (String text = lines.next(); text != null; text = lines.next()) {
            line++;
            accept(text);
        }
        finishSentence();
        if (sentences.isEmpty()) {
            throw new CorpusException(file, CorpusException.WHOLE_FILE, "it holds no sentence in CoNLL-U");
        }
        Set<String> unused = new HashSet<>();
        layers.keySet().forEach(layer -> {
            if (sentences.stream()
                    .noneMatch(one -> ConlluColumn.isUsed(one.labels().getOrDefault(layer, List.of())))) {
                unused.add(layer);
            }
        });
        return unused.isEmpty()
                ? sentences
                : sentences.stream().map(one -> one.without(unused)).toList();
    }

    private void accept(String text) {
        if (text.isBlank()) {
            finishSentence();
        } else if (text.startsWith("#")) {
            sentence.comment(text.substring(1).strip());
        } else {
            word(text.split("\t", -1));
        }
    }

    private void word(String[] columns) {
        if (columns.length != COLUMNS) {
            throw problem("it has " + columns.length + " tab-separated columns, CoNLL-U has " + COLUMNS);
        }
        String id = columns[0];
        if (id.indexOf('.') > 0) {
            return;
        }
        if (columns[1].isEmpty()) {
            throw problem("the word's form (column 2) is empty");
        }
        if (id.indexOf('-') > 0) {
            range(id, columns[1]);
            return;
        }
        int expected = sentence.size() + 1;
        if (!id.equals(Integer.toString(expected))) {
            throw problem("the word's id is '" + id + "', expected " + expected
                    + "; is the empty line between two sentences missing?");
        }
        try {
            sentence.word(columns);
        } catch (IllegalArgumentException e) {
            throw problem("the shares of labels (column 10) cannot be read: " + e.getMessage());
        }
    }

    private void range(String id, String form) {
        int first = sentence.size() + 1;
        Matcher range = RANGE.matcher(id);
        if (!range.matches() || !range.group(1).equals(Integer.toString(first))) {
            throw problem("the multiword token's id is '" + id + "', expected " + first + "-" + (first + 1)
                    + " or longer; is the empty line between two sentences missing?");
        }
        int last = Integer.parseInt(range.group(2));
        if (last < first) {
            throw problem("the multiword token's id is '" + id + "', which ends before it begins");
        }
        sentence.range(last - first + 1, form);
    }

    private void finishSentence() {
        if (sentence.lacksWords()) {
            throw problem("a multiword token of the sentence that ends here spans more words than there are");
        }
        if (sentence.size() > 0) {
            sentences.add(sentence.build());
            sentence = new ConlluSentence(false, layers, pool);
        }
    }

    private CorpusException problem(String what) {
        return new CorpusException(file, line, what);
    }
}
