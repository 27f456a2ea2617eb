package io.tagstream.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads files of columns, as chunkers and recognisers of names are trained on: a word a line, then one label or more, with tabs between
 * (then a word may hold blanks) or blanks; an empty line after each sentence. The first sentence begins a document, and so does each after
 * a line {@code # newdoc} or the word {@value #DOCUMENT}, with labels or alone, which is no sentence. Comments
 * are other lines that begin with # and have no tab: everywhere with tabs between, otherwise before the first word alone, since # may be one.
 */
final class ColumnReader {
    private static final String DOCUMENT = "-DOCSTART-";
    private static final Pattern NEW_DOCUMENT = Pattern.compile("# *newdoc( .*)?");
    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final int LEAST_COLUMNS = 2;

    private final Path file;
    private final LayerChoice choice;
    private final ConlluPool pool = new ConlluPool();
    private final List<LabelledSentence> sentences = new ArrayList<>();
    private List<LayerColumn> layers = List.of();
    private List<List<String>> labels = List.of();
    private List<String> forms = new ArrayList<>();
    private boolean beginsDocument = true;
    private boolean tabs;
    private int columns;
    private int line;

    private ColumnReader(Path file, LayerChoice choice) {
        this.file = file;
        this.choice = choice;
    }

    /** Which label columns to read, once it is known how many there are. */
    interface LayerChoice {
        /**
         * Layers with the numbers of their columns.
         *
         * @param count how many label columns the file has
         * @throws IllegalArgumentException with what to do, if that does not fit
         */
        List<LayerColumn> of(int count);
    }

    /**
     * All sentences of a text.
     *
     * @param name what the text is called in errors
     * @throws CorpusException if it has not the same columns everywhere or holds no sentence
     * @throws IOException if it cannot be read
     */
    static List<LabelledSentence> read(CorpusLines lines, Path name, LayerChoice choice) throws IOException {
        return new ColumnReader(name, choice).read(lines);
    }

    private List<LabelledSentence> read(CorpusLines lines) throws IOException {
        for (String text = lines.next(); text != null; text = lines.next()) {
            line++;
            accept(text);
        }
        finishSentence();
        if (sentences.isEmpty()) {
            throw new CorpusException(file, CorpusException.WHOLE_FILE, "it holds no sentence");
        }
        return sentences;
    }

    private void accept(String text) {
        if (text.isBlank()) {
            finishSentence();
        } else if (NEW_DOCUMENT.matcher(text).matches() || isDocumentWord(text)) {
            finishSentence();
            beginsDocument = true;
        } else if (!isComment(text)) {
            word(split(text));
        }
    }

    /** However many columns it has: some files give it labels, others leave it alone on its line. */
    private static boolean isDocumentWord(String text) {
        return text.startsWith(DOCUMENT)
                && (text.length() == DOCUMENT.length() || Character.isWhitespace(text.charAt(DOCUMENT.length())));
    }

    private boolean isComment(String text) {
        return text.startsWith("#") && text.indexOf('\t') < 0 && (tabs || columns == 0);
    }

    private String[] split(String text) {
        if (columns == 0) {
            tabs = text.indexOf('\t') >= 0;
        }
        return tabs ? text.split("\t", -1) : BLANKS.split(text.strip(), -1);
    }

    private void word(String[] found) {
        if (columns == 0) {
            begin(found.length);
        }
        if (found.length != columns) {
            throw problem("it has " + found.length + (found.length == 1 ? " column with " : " columns with ")
                    + (tabs ? "tabs" : "blanks") + " between, the first word of the file has " + columns);
        }
        for (int column = 0; column < found.length; column++) {
            if (found[column].isBlank()) {
                throw problem("column " + (column + 1) + " is empty");
            }
        }
        forms.add(pool.string(found[0]));
        for (int layer = 0; layer < labels.size(); layer++) {
            labels.get(layer)
                    .add(pool.string(found[Integer.parseInt(layers.get(layer).column()) - 1]));
        }
    }

    private void begin(int found) {
        if (found < LEAST_COLUMNS) {
            throw problem(
                    "it has one column, expected a word and at least one label with a tab or blanks between, or CoNLL-U");
        }
        columns = found;
        try {
            layers = choice.of(columns - 1);
        } catch (IllegalArgumentException e) {
            throw problem(Objects.toString(e.getMessage()));
        }
        labels = emptyLabels();
    }

    private List<List<String>> emptyLabels() {
        List<List<String>> empty = new ArrayList<>();
        layers.forEach(layer -> empty.add(new ArrayList<>()));
        return empty;
    }

    private void finishSentence() {
        if (forms.isEmpty()) {
            return;
        }
        Map<String, List<String>> byLayer = new HashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            byLayer.put(layers.get(layer).name(), List.copyOf(labels.get(layer)));
        }
        sentences.add(new LabelledSentence("", null, forms, byLayer, beginsDocument));
        forms = new ArrayList<>();
        labels = emptyLabels();
        beginsDocument = false;
    }

    private CorpusException problem(String what) {
        return new CorpusException(file, line, what);
    }
}
