package io.tagstream.infer;

import static io.tagstream.infer.ModelFaults.extent;
import static io.tagstream.infer.ModelFaults.labelsOf;
import static io.tagstream.infer.ModelFaults.metadata;
import static io.tagstream.infer.ModelFaults.node;
import static io.tagstream.infer.ModelFaults.output;
import static io.tagstream.infer.ModelFaults.problems;
import static io.tagstream.infer.ModelFaults.reshapeStates;
import static io.tagstream.infer.ModelFaults.vocabularyOf;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.ModelFaults.Fault;
import io.tagstream.model.ModelMetadata;
import io.tagstream.text.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models of contract version 1 are served and checked as ever. The files under {@code contract-1} are the last that were exported in that
 * version, of the recipes that stand beside them here.
 */
final class FirstContractTest {
    private static final TinyModels MODEL = TinyModels.lstm();

    /** A file and the recipe that it was exported from. */
    private record Exported(String file, TinyModels recipe) {
        byte[] bytes() {
            try (InputStream stream = FirstContractTest.class.getResourceAsStream("/contract-1/" + file)) {
                assertThat(stream).as(file).isNotNull();
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Exported> files() {
        return Stream.of(
                new Exported("lstm.onnx", MODEL),
                new Exported(
                        "lstm-deep.onnx",
                        TinyModels.lstm().lookAhead(2).backward(4).layers(2).labelLayers(3)),
                new Exported("rnn.onnx", TinyModels.rnn().lookAhead(1)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldFollowTheEquations(Exported exported) {
        try (TaggerModel model = TaggerModel.open(exported.bytes(), exported.file())) {
            assertThat(model.contract().version()).isEqualTo(1);
            Equations.assertFollowed(model, exported.recipe());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldTagAsTheSameWeightsInTheLatestContractDo(Exported exported) {
        Random random = new Random(37);
        try (TaggerModel first = TaggerModel.open(exported.bytes(), exported.file());
                TaggerModel latest = exported.recipe().open();
                SentenceTagger firstTagger = first.newTagger();
                SentenceTagger latestTagger = latest.newTagger()) {
            HiddenState state = HiddenState.zero(latest.contract());
            for (int round = 0; round < 20; round++) {
                List<Token> sentence = TinyModels.sentence(random, 1 + random.nextInt(40));
                TaggedText tagged = latestTagger.tag(sentence, state);
                // fp32, and the same operations in the same order: nothing but the scores comes about in another way.
                assertThat(firstTagger.tag(sentence, state).next()).isEqualTo(tagged.next());
                assertThat(firstTagger.tag(sentence, state).tokens())
                        .usingRecursiveComparison()
                        .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-6f ? 0 : Float.compare(a, b), Float.class)
                        .isEqualTo(tagged.tokens());
                state = tagged.next();
            }
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(
                        "another hidden size than the states, and another width than the labels",
                        model -> {
                            metadata(model, ModelMetadata.HIDDEN, "7");
                            metadata(model, ModelMetadata.LABELS + "upos", labelsOf(MODEL.labelLayers(3), "ner"));
                        },
                        state("input h0"),
                        state("input c0"),
                        state("output hn"),
                        state("output cn"),
                        "output upos.probabilities is 5 wide but the metadata lists 3 labels: export the model again with"
                                + " matching labels"),
                new Fault(
                        "an LSTM that says it is an RNN",
                        model -> metadata(model, ModelMetadata.CELL, "rnn"),
                        "input c0 (float [1, 1, 6]) is not in the contract, expected only word, suffix-2, shape, h0: export the"
                                + " model again without it",
                        "output cn (float [1, 1, 6]) is not in the contract, expected only hn, upos.label, upos.score,"
                                + " upos.probabilities, xpos.label, xpos.score, xpos.probabilities: export the model again"
                                + " without it"),
                new Fault(
                        "a column and a label layer that the graph lacks",
                        model -> {
                            metadata(model, ModelMetadata.COLUMNS, "word\nsuffix-2\nshape\nextra");
                            metadata(model, ModelMetadata.COLUMN + "extra", "word");
                            metadata(model, ModelMetadata.VOCABULARY + "extra", labelsOf(MODEL, "upos"));
                            metadata(model, ModelMetadata.LABEL_LAYERS, "upos\nxpos\nner");
                            metadata(model, ModelMetadata.LABELS + "ner", labelsOf(MODEL, "upos"));
                        },
                        "input extra is missing, expected int32 [1, ?]: export the model again with it",
                        "output ner.label is missing, expected int32 [1, ?]: export the model again with it",
                        "output ner.score is missing, expected float [1, ?]: export the model again with it"),
                new Fault(
                        "labels as 64-bit integers",
                        model -> {
                            GraphProto.Builder graph = model.getGraphBuilder();
                            node(graph, "upos.label")
                                    .getAttributeBuilder(0)
                                    .setI(TensorProto.DataType.INT64.getNumber());
                            output(graph, "upos.label")
                                    .getTypeBuilder()
                                    .getTensorTypeBuilder()
                                    .setElemType(TensorProto.DataType.INT64.getNumber());
                        },
                        "output upos.label is int64, expected int32: export the model again with a cast to int32"),
                new Fault(
                        "a vocabulary larger than its table, and labels that disagree",
                        model -> {
                            metadata(model, ModelMetadata.VOCABULARY + "suffix-2", vocabularyOf(MODEL, "word"));
                            metadata(model, ModelMetadata.LABELS + "upos", labelsOf(MODEL.labelLayers(3), "ner"));
                        },
                        "output upos.probabilities is 5 wide but the metadata lists 3 labels: export the model again with"
                                + " matching labels",
                        "input suffix-2 refuses id 11 but the metadata lists a vocabulary of 12 ids, expected an embedding"
                                + " table of as many rows: export the model again with the vocabulary that it was trained with"),
                new Fault(
                        "a vocabulary smaller than its table",
                        model -> metadata(model, ModelMetadata.VOCABULARY + "word", vocabularyOf(MODEL, "suffix-2")),
                        "input word accepts id 7 but the metadata lists a vocabulary of 7 ids, expected an embedding table of"
                                + " as many rows: export the model again with the vocabulary that it was trained with"),
                new Fault(
                        "a fixed batch",
                        model -> {
                            GraphProto.Builder graph = model.getGraphBuilder();
                            for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
                                extent(input, input.getName().endsWith("0") ? 1 : 0, 8);
                            }
                            extent(output(graph, "hn"), 1, 8);
                            extent(output(graph, "cn"), 1, 8);
                            reshapeStates(graph, -1);
                        },
                        batch("input word"),
                        batch("input suffix-2"),
                        batch("input shape"),
                        batch("input h0"),
                        batch("input c0"),
                        batch("output hn"),
                        batch("output cn")),
                new Fault(
                        "a fixed length",
                        model -> {
                            GraphProto.Builder graph = model.getGraphBuilder();
                            for (int column = 0; column < 3; column++) {
                                extent(graph.getInputBuilder(column), 1, 7);
                            }
                        },
                        length("input word"),
                        length("input suffix-2"),
                        length("input shape"),
                        length("output upos.label"),
                        length("output upos.score"),
                        length("output upos.probabilities"),
                        length("output xpos.label"),
                        length("output xpos.score"),
                        length("output xpos.probabilities")),
                new Fault(
                        "scores that are no probabilities",
                        ModelFaults::unfitBias,
                        "output upos.score gave NaN, expected a probability: export the model again with a softmax before it",
                        "output upos.score gave NaN, expected a probability: export the model again with a softmax before"
                                + " it"),
                new Fault(
                        "a look-ahead that the graph does not have",
                        model -> metadata(model, ModelMetadata.LOOK_AHEAD, "1"),
                        "output upos.label has the shape [1, 2] in a call of 1 tokens and 1 end symbols, expected [1, 1]: export"
                                + " the model again with dynamic lengths and a matching look-ahead",
                        "output upos.label has the shape [1, 4] in a call of 3 tokens and 1 end symbols, expected [1, 3]: export"
                                + " the model again with dynamic lengths and a matching look-ahead"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldReportAllThatIsWrong(Fault fault) throws IOException {
        assertThat(problems(fault.in(new Exported("lstm.onnx", MODEL).bytes()))).containsExactly(fault.problems());
    }

    private static String state(String tensor) {
        return tensor
                + " is float [1, 1, 6] but the metadata says float [1, 1, 7]: export the model again with matching"
                + " tagstream.layers and tagstream.hidden";
    }

    private static String batch(String tensor) {
        return tensor + " has a fixed batch of 8, expected 1: export the model again with one sentence a call";
    }

    private static String length(String tensor) {
        return tensor
                + " has a fixed length of 7, expected a dynamic one: export the model again with a dynamic axis 1";
    }
}
