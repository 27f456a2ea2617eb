package io.tagstream.model;

import io.tagstream.text.TagSet;
import io.tagstream.text.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model contract as the {@code metadata_props} of a model file. Lists are separated by line feeds (labels contain commas);
 * labels and vocabularies are packed as {@link PackedLines} says, everything else is plain text within the basic plane.
 */
public final class ModelMetadata {
    public static final String PREFIX = "tagstream.";
    public static final String CONTRACT = PREFIX + "contract";
    public static final String NAME = PREFIX + "name";
    public static final String LANGUAGE = PREFIX + "language";
    public static final String CELL = PREFIX + "cell";
    public static final String LAYERS = PREFIX + "layers";
    public static final String HIDDEN = PREFIX + "hidden";
    public static final String BACKWARD_HIDDEN = PREFIX + "backward_hidden";
    public static final String LOOK_AHEAD = PREFIX + "look_ahead";
    /** 0 where it is missing. */
    public static final String SPREAD = PREFIX + "spread";

    public static final String LABEL_LAYERS = PREFIX + "label_layers";
    /** Followed by a layer's name. */
    public static final String LABELS = PREFIX + "labels.";

    public static final String COLUMNS = PREFIX + "columns";
    /** Followed by a column's name; the value is its kind and, for prefixes and suffixes, a space and its length. */
    public static final String COLUMN = PREFIX + "column.";
    /** Followed by a column's name. */
    public static final String VOCABULARY = PREFIX + "vocabulary.";
    /** Followed by a column's name: rows a value; 1 where it is missing. */
    public static final String ROWS = PREFIX + "rows.";

    public static final String TOKENIZER = PREFIX + "tokenizer";
    public static final String PRECISION = PREFIX + "precision";
    public static final String TRAINING_DATA = PREFIX + "training.data";
    public static final String TRAINING_LICENCE = PREFIX + "training.licence";
    public static final String TRAINING_DATE = PREFIX + "training.date";
    public static final String TRAINING_SEED = PREFIX + "training.seed";
    public static final String TRAINING_DEV_ACCURACY = PREFIX + "training.dev_accuracy";

    /** Wide enough for any tagger, narrow enough that a damaged number cannot ask for all memory. */
    private static final int LARGEST = 1 << 16;

    private static final Pattern TENSOR_NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private static final Set<String> STATES = Set.of(TensorNames.H0, TensorNames.C0, TensorNames.HN, TensorNames.CN);

    private final Map<String, String> metadata;
    private final List<String> problems;

    private ModelMetadata(Map<String, String> metadata, List<String> problems) {
        this.metadata = metadata;
        this.problems = problems;
    }

    /**
     * The metadata of a contract, sorted by key.
     *
     * @throws UsageException if the contract does not fit into metadata, or would not load again
     */
    public static SortedMap<String, String> write(ModelContract contract) {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put(CONTRACT, Integer.toString(ModelContract.VERSION));
        metadata.put(NAME, contract.name());
        metadata.put(LANGUAGE, contract.language());
        metadata.put(CELL, contract.cell().name().toLowerCase(Locale.ROOT));
        metadata.put(LAYERS, Integer.toString(contract.layers()));
        metadata.put(HIDDEN, Integer.toString(contract.hidden()));
        metadata.put(BACKWARD_HIDDEN, Integer.toString(contract.backwardHidden()));
        metadata.put(LOOK_AHEAD, Integer.toString(contract.lookAhead()));
        if (contract.spread() > 0) {
            metadata.put(SPREAD, Integer.toString(contract.spread()));
        }
        metadata.put(TOKENIZER, contract.tokenizer());
        metadata.put(PRECISION, contract.precision());
        metadata.put(TRAINING_DATA, contract.provenance().data());
        metadata.put(TRAINING_LICENCE, contract.provenance().licence());
        metadata.put(TRAINING_DATE, contract.provenance().date());
        metadata.put(TRAINING_SEED, contract.provenance().seed());
        metadata.put(TRAINING_DEV_ACCURACY, contract.provenance().devAccuracy());
        metadata.forEach(ModelMetadata::requireBasicPlane);
        metadata.put(
                LABEL_LAYERS,
                String.join(
                        "\n",
                        contract.labelLayers().stream().map(LabelLayer::name).toList()));
        for (LabelLayer layer : contract.labelLayers()) {
            metadata.put(LABELS + layer.name(), PackedLines.pack(layer.tags().labels()));
        }
        metadata.put(
                COLUMNS,
                String.join(
                        "\n",
                        contract.columns().stream().map(FeatureColumn::name).toList()));
        for (FeatureColumn column : contract.columns()) {
            metadata.put(COLUMN + column.name(), recipe(column));
            metadata.put(
                    VOCABULARY + column.name(),
                    PackedLines.pack(column.vocabulary().entries()));
            if (column.rows() != 1) {
                metadata.put(ROWS + column.name(), Integer.toString(column.rows()));
            }
        }
        List<String> problems = new ArrayList<>();
        parse(metadata, problems);
        if (!problems.isEmpty()) {
            throw new UsageException("the contract would not load again: " + String.join("; ", problems));
        }
        return metadata;
    }

    private static void requireBasicPlane(String key, String value) {
        if (value.chars().anyMatch(character -> Character.isSurrogate((char) character) || character == 0)) {
            throw new UsageException(
                    key + " holds a character outside the basic plane, which ONNX Runtime's Java binding garbles");
        }
    }

    private static String recipe(FeatureColumn column) {
        String kind = column.kind().name().toLowerCase(Locale.ROOT);
        return hasLength(column.kind()) ? kind + " " + column.length() : kind;
    }

    private static boolean hasLength(FeatureColumn.Kind kind) {
        return kind == FeatureColumn.Kind.PREFIX || kind == FeatureColumn.Kind.SUFFIX;
    }

    /**
     * Reads a contract. The contract's version is checked first and alone: all else may have changed with it.
     *
     * @param problems receives what is wrong
     * @return the contract, or null if too much is wrong to compare the graph with it; with problems it is not to be used otherwise
     */
    public static @Nullable ModelContract parse(Map<String, String> metadata, List<String> problems) {
        String declared = metadata.get(CONTRACT);
        if (Integer.toString(ModelContract.VERSION).equals(declared)) {
            return new ModelMetadata(metadata, problems).contract();
        }
        String found = declared == null ? "no " + CONTRACT + " in the metadata" : CONTRACT + " " + declared;
        problems.add("found " + found + ", expected " + ModelContract.VERSION
                + ": export the model again for this version of Tagstream, or use the version that it was made for");
        return null;
    }

    private @Nullable ModelContract contract() {
        int before = problems.size();
        Cell cell = cell();
        int layers = number(LAYERS, 1);
        int hidden = number(HIDDEN, 1);
        int backwardHidden = number(BACKWARD_HIDDEN, 0);
        int lookAhead = number(LOOK_AHEAD, 0);
        int spread = optionalNumber(SPREAD, 0, lookAhead);
        List<LabelLayer> labelLayers = labelLayers();
        List<FeatureColumn> columns = columns();
        boolean comparable = problems.size() == before && cell != null;
        String name = required(NAME, "the model's name");
        String language = required(LANGUAGE, "a language tag such as en");
        String tokenizer = required(TOKENIZER, "the name of a tokenizer such as ud-english");
        String precision = required(PRECISION, "fp32 or int8");
        if (!comparable || cell == null) {
            return null;
        }
        Provenance provenance = new Provenance(
                optional(TRAINING_DATA),
                optional(TRAINING_LICENCE),
                optional(TRAINING_DATE),
                optional(TRAINING_SEED),
                optional(TRAINING_DEV_ACCURACY));
        return new ModelContract(
                name,
                language,
                cell,
                layers,
                hidden,
                backwardHidden,
                lookAhead,
                spread,
                labelLayers,
                columns,
                tokenizer,
                precision,
                provenance);
    }

    private String optional(String key) {
        return metadata.getOrDefault(key, "");
    }

    private String required(String key, String expected) {
        String value = optional(key);
        if (value.isEmpty()) {
            problems.add("metadata " + key + " is missing, expected " + expected + ": add it to the file");
        }
        return value;
    }

    private @Nullable Cell cell() {
        String value = optional(CELL);
        for (Cell cell : Cell.values()) {
            if (cell.name().toLowerCase(Locale.ROOT).equals(value)) {
                return cell;
            }
        }
        problems.add("metadata " + CELL + found(value) + ", expected rnn or lstm: correct it in the file");
        return null;
    }

    private static String found(String value) {
        return value.isEmpty() ? " is missing" : " is '" + value + "'";
    }

    private int number(String key, int least) {
        return number(key, least, LARGEST);
    }

    /** A number that may be missing, and is the least then. */
    private int optionalNumber(String key, int least, int most) {
        return !metadata.containsKey(key) ? least : number(key, least, most);
    }

    private int number(String key, int least, int most) {
        String value = optional(key);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        problems.add("metadata " + key + found(value) + ", expected a number from " + least + " to " + most
                + ": correct it in the file");
        return least;
    }

    /** Whether a label layer or a feature column may have a name. */
    public static boolean isName(String name) {
        return TENSOR_NAME.matcher(name).matches() && !STATES.contains(name);
    }

    private List<String> names(String key) {
        List<String> names = optional(key).lines().toList();
        if (names.isEmpty()) {
            problems.add("metadata " + key + " is missing, expected at least one name: add it to the file");
        }
        if (new LinkedHashSet<>(names).size() < names.size()) {
            problems.add("metadata " + key + " names one thing twice, found " + names
                    + ", expected distinct names: rename one");
        }
        for (String name : names) {
            if (!isName(name)) {
                problems.add("metadata " + key + " holds the name '" + name
                        + "', expected letters, digits, _ and -, and none of the states h0, c0, hn, cn: rename it");
            }
        }
        return names;
    }

    private List<LabelLayer> labelLayers() {
        List<LabelLayer> layers = new ArrayList<>();
        for (String name : names(LABEL_LAYERS)) {
            List<String> labels = lines(LABELS + name, "the labels of " + name + " in the order of its outputs");
            if (labels != null) {
                try {
                    layers.add(new LabelLayer(name, new TagSet(labels)));
                } catch (IllegalArgumentException e) {
                    problems.add("metadata " + LABELS + name + " cannot be used: " + e.getMessage()
                            + ", expected distinct labels: correct the list");
                }
            }
        }
        return layers;
    }

    private List<FeatureColumn> columns() {
        List<FeatureColumn> columns = new ArrayList<>();
        for (String name : names(COLUMNS)) {
            FeatureColumn.Kind kind = kind(name);
            int length = kind != null && hasLength(kind) ? length(name) : 0;
            List<String> entries =
                    lines(VOCABULARY + name, "the values of column " + name + " in the order of their ids");
            int rows = optionalNumber(ROWS + name, 1, LARGEST);
            if (kind != null && length >= 0 && entries != null) {
                try {
                    columns.add(new FeatureColumn(name, kind, length, new Vocabulary(entries), rows));
                } catch (IllegalArgumentException e) {
                    problems.add("metadata " + VOCABULARY + name + " cannot be used: " + e.getMessage()
                            + ", expected distinct values: correct the list");
                }
            }
        }
        long ids = columns.stream()
                .mapToLong(column -> (long) column.rows() * column.vocabulary().size())
                .sum();
        if (ids > Integer.MAX_VALUE) {
            problems.add("metadata " + ROWS + "* ask for " + ids + " rows in all, expected " + Integer.MAX_VALUE
                    + " at most: correct them in the file");
        }
        return columns;
    }

    private FeatureColumn.@Nullable Kind kind(String column) {
        String value = optional(COLUMN + column);
        for (FeatureColumn.Kind kind : FeatureColumn.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            if (hasLength(kind) ? value.startsWith(name + " ") : value.equals(name)) {
                return kind;
            }
        }
        problems.add("metadata " + COLUMN + column + " is '" + value
                + "', expected word, shape, prefix N or suffix N: correct it in the file");
        return null;
    }

    /** The length of a prefix or suffix column, -1 if there is none. */
    private int length(String column) {
        String value = optional(COLUMN + column);
        String length = value.substring(value.indexOf(' ') + 1);
        if (length.matches("[1-9][0-9]?")) {
            return Integer.parseInt(length);
        }
        problems.add("metadata " + COLUMN + column + " is '" + value
                + "', expected a length from 1 to 99 in it: correct it in the file");
        return -1;
    }

    private @Nullable List<String> lines(String key, String expected) {
        String packed = metadata.get(key);
        if (packed == null) {
            problems.add("metadata " + key + " is missing, expected " + expected + ": add it to the file");
            return null;
        }
        try {
            return PackedLines.unpack(packed);
        } catch (IllegalArgumentException e) {
            problems.add("metadata " + key + " cannot be unpacked (" + e.getMessage() + "), expected " + expected
                    + " as gzip in Base64: export the model again");
            return null;
        }
    }
}
