package io.tagstream.infer;

import static io.tagstream.infer.ModelFaults.extent;
import static io.tagstream.infer.ModelFaults.input;
import static io.tagstream.infer.ModelFaults.labelsOf;
import static io.tagstream.infer.ModelFaults.metadata;
import static io.tagstream.infer.ModelFaults.node;
import static io.tagstream.infer.ModelFaults.output;
import static io.tagstream.infer.ModelFaults.problems;
import static io.tagstream.infer.ModelFaults.reshapeStates;
import static io.tagstream.infer.ModelFaults.vocabularyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.ModelFaults.Fault;
import io.tagstream.model.InvalidModelException;
import io.tagstream.model.ModelMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a file can break the contract is found when it is loaded, and said so that a person can act on it. */
final class ModelValidationTest {
    private static final TinyModels MODEL = TinyModels.lstm();

    @Test
    void shouldReportAMissingFile(@TempDir Path directory) {
        Path file = directory.resolve("none.onnx");
        InvalidModelException failure = catchThrowableOfType(
                InvalidModelException.class, () -> TaggerModel.open(file).close());
        assertThat(failure)
                .hasMessage("model " + file
                        + " cannot be used: found no such file, expected an ONNX model: check the path");
    }

    @Test
    void shouldReportADirectory(@TempDir Path directory) {
        InvalidModelException failure = catchThrowableOfType(
                InvalidModelException.class, () -> TaggerModel.open(directory).close());
        assertThat(failure.problems())
                .singleElement()
                .asString()
                .startsWith("found a file that cannot be read")
                .endsWith("check the path and its permissions");
    }

    @Test
    void shouldReportAnEmptyFile() {
        assertThat(problems(new byte[0]))
                .containsExactly("found an empty file, expected an ONNX model: copy or export it again");
    }

    @Test
    void shouldReportATruncatedFile() {
        byte[] bytes = MODEL.bytes();
        for (int length : new int[] {bytes.length - 1, bytes.length / 2, 100}) {
            assertThat(problems(Arrays.copyOf(bytes, length)))
                    .containsExactly(
                            "found " + length + " bytes that begin like ONNX and then break off or are damaged,"
                                    + " expected a whole file: copy or export it again");
        }
    }

    @Test
    void shouldReportAFileThatIsNotOnnx() {
        assertThat(problems("<html>not found</html>".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("found a file that is not ONNX, expected an ONNX model: check the path");
    }

    @Test
    void shouldOpenAGoodFile(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("good.onnx"), MODEL.bytes());
        try (TaggerModel model = TaggerModel.open(file)) {
            assertThat(model.fingerprint()).matches("[0-9a-f]{16}");
            assertThat(model.id()).isEqualTo("tiny@" + model.fingerprint());
            assertThat(model.contract().labelLayers())
                    .isEqualTo(MODEL.contract().labelLayers());
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(
                        "no contract version, and nothing else is looked at",
                        model -> {
                            metadata(model, ModelMetadata.CONTRACT, null);
                            metadata(model, ModelMetadata.HIDDEN, "7");
                        },
                        "found no tagstream.contract in the metadata, expected 2: export the model again for this version of"
                                + " Tagstream, or use the version that it was made for"),
                new Fault(
                        "another contract version, and nothing else is looked at",
                        model -> {
                            metadata(model, ModelMetadata.CONTRACT, "3");
                            metadata(model, ModelMetadata.HIDDEN, "7");
                        },
                        "found tagstream.contract 3, expected 2: export the model again for this version of Tagstream, or use"
                                + " the version that it was made for"),
                new Fault(
                        "no metadata at all",
                        ModelProto.Builder::clearMetadataProps,
                        "found no tagstream.contract in the metadata, expected 2: export the model again for this version of"
                                + " Tagstream, or use the version that it was made for"),
                new Fault(
                        "several things at once",
                        model -> {
                            metadata(model, ModelMetadata.CELL, "gru");
                            metadata(model, ModelMetadata.HIDDEN, "many");
                            metadata(model, ModelMetadata.LABELS + "upos", null);
                            metadata(model, ModelMetadata.COLUMN + "word", "bigram");
                            metadata(model, ModelMetadata.COLUMN + "suffix-2", "suffix 0");
                            metadata(model, ModelMetadata.VOCABULARY + "shape", "!!!!");
                            metadata(model, ModelMetadata.ROWS + "shape", "0");
                            metadata(model, ModelMetadata.PRECISION, null);
                        },
                        "metadata tagstream.cell is 'gru', expected rnn or lstm: correct it in the file",
                        "metadata tagstream.hidden is 'many', expected a number from 1 to 65536: correct it in the file",
                        "metadata tagstream.labels.upos is missing, expected the labels of upos in the order of its outputs:"
                                + " add it to the file",
                        "metadata tagstream.column.word is 'bigram', expected word, shape, prefix N or suffix N: correct it in"
                                + " the file",
                        "metadata tagstream.column.suffix-2 is 'suffix 0', expected a length from 1 to 99 in it: correct it in"
                                + " the file",
                        "metadata tagstream.vocabulary.shape cannot be unpacked (Illegal base64 character 21), expected the"
                                + " values of column shape in the order of their ids as gzip in Base64: export the model again",
                        "metadata tagstream.rows.shape is '0', expected a number from 1 to 65536: correct it in the file",
                        "metadata tagstream.precision is missing, expected fp32 or int8: add it to the file"),
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
                        "output logits is 12 wide but the metadata says 10: export the model again with matching columns and"
                                + " labels"),
                new Fault(
                        "an LSTM that says it is an RNN",
                        model -> metadata(model, ModelMetadata.CELL, "rnn"),
                        "input c0 (float [1, 1, 6]) is not in the contract, expected only ids, h0: export the model again"
                                + " without it",
                        "output cn (float [1, 1, 6]) is not in the contract, expected only hn, logits: export the model again"
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
                        "input ids is 4 wide but the metadata says 5: export the model again with matching columns and labels",
                        "output logits is 12 wide but the metadata says 17: export the model again with matching columns and"
                                + " labels"),
                new Fault(
                        "an id input of another name",
                        model -> {
                            input(model.getGraphBuilder(), "ids").setName("word");
                            node(model.getGraphBuilder(), "embedding/rows").setInput(1, "word");
                        },
                        "input ids is missing, expected int32 [?, 4]: export the model again with it",
                        "input word (int32 [?, 4]) is not in the contract, expected only ids, h0, c0: export the model again"
                                + " without it"),
                new Fault(
                        "ids as 64-bit integers",
                        model -> input(model.getGraphBuilder(), "ids")
                                .getTypeBuilder()
                                .getTensorTypeBuilder()
                                .setElemType(TensorProto.DataType.INT64.getNumber()),
                        "input ids is int64, expected int32: export the model again with a cast to int32"),
                new Fault(
                        "vocabularies larger than the table, and labels that disagree",
                        model -> {
                            metadata(model, ModelMetadata.VOCABULARY + "suffix-2", vocabularyOf(MODEL, "word"));
                            metadata(model, ModelMetadata.LABELS + "upos", labelsOf(MODEL.labelLayers(3), "ner"));
                        },
                        "output logits is 12 wide but the metadata says 10: export the model again with matching columns and"
                                + " labels",
                        "input ids refuses id 43 in column shape but the metadata's vocabularies take 44 rows, expected as"
                                + " many: export the model again with the vocabulary that it was trained with"),
                new Fault(
                        "vocabularies smaller than the table",
                        model -> metadata(model, ModelMetadata.VOCABULARY + "word", vocabularyOf(MODEL, "suffix-2")),
                        "input ids accepts id 29 in column word but the metadata's vocabularies take 29 rows, expected as"
                                + " many: export the model again with the vocabulary that it was trained with"),
                new Fault(
                        "a fixed batch",
                        model -> {
                            GraphProto.Builder graph = model.getGraphBuilder();
                            extent(input(graph, "h0"), 1, 8);
                            extent(input(graph, "c0"), 1, 8);
                        },
                        batch("input h0"),
                        batch("input c0")),
                new Fault(
                        "a fixed length",
                        model -> {
                            extent(input(model.getGraphBuilder(), "ids"), 0, 7);
                            extent(output(model.getGraphBuilder(), "logits"), 0, 7);
                        },
                        length("input ids"),
                        length("output logits")),
                new Fault(
                        "logits that are no numbers",
                        ModelFaults::unfitBias,
                        "output logits gave NaN, expected finite numbers: export the model again with finite weights",
                        "output logits gave NaN, expected finite numbers: export the model again with finite weights"),
                new Fault(
                        "a look-ahead that the graph does not have",
                        model -> metadata(model, ModelMetadata.LOOK_AHEAD, "1"),
                        "output logits has the shape [2, 12] in a call of 1 tokens and 1 end symbols, expected [1, 12]: export"
                                + " the model again with dynamic lengths and a matching look-ahead",
                        "output logits has the shape [4, 12] in a call of 3 tokens and 1 end symbols, expected [3, 12]: export"
                                + " the model again with dynamic lengths and a matching look-ahead"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldReportAllThatIsWrong(Fault fault) throws InvalidProtocolBufferException {
        assertThat(problems(fault.in(MODEL.bytes()))).containsExactly(fault.problems());
    }

    @Test
    void shouldReportALengthThatWasFixedWhileTracing() throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(MODEL.bytes()).toBuilder();
        // As a tracer leaves it that has seen three tokens.
        reshapeStates(model.getGraphBuilder(), 3);
        assertThat(problems(model.build().toByteArray()))
                .anySatisfy(problem -> assertThat(problem)
                        .containsAnyOf("a call of 1 tokens fails", "has a fixed length of 3")
                        .contains("export the model again with"));
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
                + " has a fixed length of 7, expected a dynamic one: export the model again with a dynamic axis 0";
    }
}
