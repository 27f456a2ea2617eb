package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tagstream.fixture.TinyModels;
import io.tagstream.model.InvalidModelException;
import io.tagstream.model.ModelMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a file can break the contract is found when it is loaded, and said so that a person can act on it. */
final class ModelValidationTest {
    private static final TinyModels MODEL = TinyModels.lstm();

    private static List<String> problems(byte[] bytes) {
        return catchThrowableOfType(
                        InvalidModelException.class,
                        () -> TaggerModel.open(bytes, "some.onnx").close())
                .problems();
    }

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

    /** A fault put into a good model and the problems that loading must report. */
    private record Fault(String name, Consumer<ModelProto.Builder> change, String... problems) {
        @Override
        public String toString() {
            return name;
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
                        "found no tagstream.contract in the metadata, expected 1: export the model again for this version of"
                                + " Tagstream, or use the version that it was made for"),
                new Fault(
                        "another contract version, and nothing else is looked at",
                        model -> {
                            metadata(model, ModelMetadata.CONTRACT, "2");
                            metadata(model, ModelMetadata.HIDDEN, "7");
                        },
                        "found tagstream.contract 2, expected 1: export the model again for this version of Tagstream, or use"
                                + " the version that it was made for"),
                new Fault(
                        "no metadata at all",
                        ModelProto.Builder::clearMetadataProps,
                        "found no tagstream.contract in the metadata, expected 1: export the model again for this version of"
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
                        "metadata tagstream.precision is missing, expected fp32 or int8: add it to the file"),
                new Fault(
                        "another hidden size than the states, and another width than the labels",
                        model -> {
                            metadata(model, ModelMetadata.HIDDEN, "7");
                            metadata(model, ModelMetadata.LABELS + "upos", packedLike(MODEL.labelLayers(3), "ner"));
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
                            metadata(model, ModelMetadata.VOCABULARY + "extra", packedLike(MODEL, "upos"));
                            metadata(model, ModelMetadata.LABEL_LAYERS, "upos\nxpos\nner");
                            metadata(model, ModelMetadata.LABELS + "ner", packedLike(MODEL, "upos"));
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
                            metadata(model, ModelMetadata.VOCABULARY + "suffix-2", vocabularyOf("word"));
                            metadata(model, ModelMetadata.LABELS + "upos", packedLike(MODEL.labelLayers(3), "ner"));
                        },
                        "output upos.probabilities is 5 wide but the metadata lists 3 labels: export the model again with"
                                + " matching labels",
                        "input suffix-2 refuses id 11 but the metadata lists a vocabulary of 12 ids, expected an embedding"
                                + " table of as many rows: export the model again with the vocabulary that it was trained with"),
                new Fault(
                        "a vocabulary smaller than its table",
                        model -> metadata(model, ModelMetadata.VOCABULARY + "word", vocabularyOf("suffix-2")),
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
                        model -> {
                            ByteBuffer bias = ByteBuffer.allocate((5 + 7) * 4).order(ByteOrder.LITTLE_ENDIAN);
                            bias.putFloat(Float.NaN);
                            model.getGraphBuilder().getInitializerBuilderList().stream()
                                    .filter(tensor -> tensor.getName().equals("labels/bias"))
                                    .forEach(tensor -> tensor.setRawData(ByteString.copyFrom(bias.array())));
                        },
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
    void shouldReportAllThatIsWrong(Fault fault) throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(MODEL.bytes()).toBuilder();
        fault.change().accept(model);
        assertThat(problems(model.build().toByteArray())).containsExactly(fault.problems());
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

    /** Makes the squeeze of the states to [N, hidden] a reshape to so many rows, -1 for any. */
    private static void reshapeStates(GraphProto.Builder graph, int rows) {
        NodeProto.Builder squeeze = node(graph, "read-out").setOpType("Reshape");
        ByteBuffer shape = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        shape.putLong(rows).putLong(6);
        graph.getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals(squeeze.getInput(1)))
                .forEach(tensor ->
                        tensor.setRawData(ByteString.copyFrom(shape.array())).setDims(0, 2));
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

    private static void metadata(ModelProto.Builder model, String key, @Nullable String value) {
        List<StringStringEntryProto> kept = model.getMetadataPropsList().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .toList();
        model.clearMetadataProps().addAllMetadataProps(kept);
        if (value != null) {
            model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        }
    }

    /** The packed labels of a layer of some model. */
    private static String packedLike(TinyModels model, String layer) {
        return packed(model, ModelMetadata.LABELS + layer);
    }

    private static String vocabularyOf(String column) {
        return packed(MODEL, ModelMetadata.VOCABULARY + column);
    }

    private static String packed(TinyModels model, String key) {
        String value = ModelMetadata.write(model.contract()).get(key);
        assertThat(value).isNotNull();
        return String.valueOf(value);
    }

    private static NodeProto.Builder node(GraphProto.Builder graph, String output) {
        return graph.getNodeBuilderList().stream()
                .filter(node -> node.getOutputList().contains(output))
                .findFirst()
                .orElseThrow();
    }

    private static ValueInfoProto.Builder output(GraphProto.Builder graph, String name) {
        return graph.getOutputBuilderList().stream()
                .filter(output -> output.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void extent(ValueInfoProto.Builder value, int axis, long extent) {
        value.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(axis)
                .setDimValue(extent);
    }
}
