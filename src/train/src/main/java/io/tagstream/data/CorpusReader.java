package io.tagstream.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads labelled corpora in either format: CoNLL-U, which is a file named {@code .conllu} and any other whose first word has ten columns
 * and the number 1; or else columns, a word and its labels ({@link ColumnReader}).
 */
public final class CorpusReader {
    /** The layer of a file with one column of labels, where nobody names it. */
    public static final String LABEL = "label";

    private static final String SUFFIX = ".conllu";
    private static final String PACKED_SUFFIX = ".conllu.gz";
    private static final int CONLLU_COLUMNS = 10;

    private CorpusReader() {}

    /**
     * All sentences of a file, in its order.
     *
     * @param layers the layers to read: of CoNLL-U besides the tags, features and relations, which are always read; of columns either each
     *     with its number, or names for all label columns from left to right. None: the one label column as {@value #LABEL}
     * @throws CorpusException if the file cannot be read, is not UTF-8, is in neither format, lacks a column, or holds no sentence
     */
    public static List<LabelledSentence> read(Path file, List<LayerColumn> layers) {
        return corpus(file, layers).sentences();
    }

    /** The same, with the format. */
    public static Corpus corpus(Path file, List<LayerColumn> layers) {
        return corpus(file, layers, count -> named(layers, count));
    }

    /**
     * All sentences of a file, with the layers of a model as far as the file has them: of CoNLL-U the columns of those names and keys of its
     * last column; of columns all, or where there is one column of labels it is the first layer.
     *
     * @param layers the names of the model's layers
     * @throws CorpusException as above
     */
    public static List<LabelledSentence> readFor(Path file, List<String> layers) {
        return corpusFor(file, layers).sentences();
    }

    /** The same, with the format. */
    public static Corpus corpusFor(Path file, List<String> layers) {
        List<LayerColumn> keys = layers.stream()
                .filter(name -> !ConlluColumn.isNamed(name))
                .map(name -> new LayerColumn(name, LayerColumn.MISC + name))
                .toList();
        return corpus(file, keys, count -> ofModel(layers, count));
    }

    private static Corpus corpus(Path file, List<LayerColumn> ofConllu, ColumnReader.LayerChoice ofColumns) {
        return CorpusFile.read(file, lines -> {
            boolean conllu = isConllu(file.toString(), lines);
            return new Corpus(
                    conllu,
                    conllu ? ConlluReader.read(lines, file, ofConllu) : ColumnReader.read(lines, file, ofColumns));
        });
    }

    /** Whether a file is CoNLL-U, by its name or its first word. */
    static boolean isConllu(String name, CorpusLines lines) throws IOException {
        if (name.endsWith(SUFFIX) || name.endsWith(PACKED_SUFFIX)) {
            return true;
        }
        String word = lines.firstWord();
        String[] columns = word == null ? new String[0] : word.split("\t", -1);
        return columns.length == CONLLU_COLUMNS && columns[0].matches("1(-[0-9]+)?");
    }

    private static List<LayerColumn> named(List<LayerColumn> layers, int count) {
        if (layers.stream().noneMatch(LayerColumn::isNumbered)) {
            List<String> names = layers.stream().map(LayerColumn::name).toList();
            List<String> used = names.isEmpty() && count == 1 ? List.of(LABEL) : names;
            if (used.size() != count) {
                throw new IllegalArgumentException("it has " + count + " columns of labels, but " + used.size()
                        + " are named: name each with --layer, or the number of one (--layer ner=" + (count + 1) + ")");
            }
            return inOrder(used);
        }
        for (LayerColumn layer : layers) {
            int number = layer.isNumbered() ? Integer.parseInt(layer.column()) : 0;
            if (number < 2 || number > count + 1) {
                throw new IllegalArgumentException("the layer '" + layer.name() + "' is said to stand in column '"
                        + layer.column() + "', expected a number from 2 to " + (count + 1));
            }
        }
        return layers;
    }

    private static List<LayerColumn> ofModel(List<String> names, int count) {
        if (count > 1 && count != names.size()) {
            throw new IllegalArgumentException(
                    "it has " + count + " columns of labels, expected one for each of the layers " + names
                            + " or for the first alone; evaluate --layer says which column is which");
        }
        return inOrder(names.subList(0, count));
    }

    private static List<LayerColumn> inOrder(List<String> names) {
        List<LayerColumn> layers = new ArrayList<>();
        for (String name : names) {
            layers.add(new LayerColumn(name, Integer.toString(layers.size() + 2)));
        }
        return layers;
    }
}
