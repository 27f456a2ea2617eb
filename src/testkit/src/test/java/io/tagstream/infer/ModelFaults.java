package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tagstream.fixture.TinyModels;
import io.tagstream.model.InvalidModelException;
import io.tagstream.model.ModelMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes to model files, for tests that look what loading says of them. */
final class ModelFaults {
    private ModelFaults() {}

    /** A fault put into a good model and the problems that loading must report. */
    record Fault(String name, Consumer<ModelProto.Builder> change, String... problems) {
        byte[] in(byte[] model) throws InvalidProtocolBufferException {
            ModelProto.Builder builder = ModelProto.parseFrom(model).toBuilder();
            change.accept(builder);
            return builder.build().toByteArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What loading some bytes reports. */
    static List<String> problems(byte[] bytes) {
        return catchThrowableOfType(
                        InvalidModelException.class,
                        () -> TaggerModel.open(bytes, "some.onnx").close())
                .problems();
    }

    /** Sets a metadata value, or removes it. */
    static void metadata(ModelProto.Builder model, String key, @Nullable String value) {
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
    static String labelsOf(TinyModels model, String layer) {
        return packed(model, ModelMetadata.LABELS + layer);
    }

    /** The packed vocabulary of a column of some model. */
    static String vocabularyOf(TinyModels model, String column) {
        return packed(model, ModelMetadata.VOCABULARY + column);
    }

    private static String packed(TinyModels model, String key) {
        String value = ModelMetadata.write(model.contract()).get(key);
        assertThat(value).isNotNull();
        return String.valueOf(value);
    }

    /** The node that gives a tensor. */
    static NodeProto.Builder node(GraphProto.Builder graph, String output) {
        return graph.getNodeBuilderList().stream()
                .filter(node -> node.getOutputList().contains(output))
                .findFirst()
                .orElseThrow();
    }

    static ValueInfoProto.Builder input(GraphProto.Builder graph, String name) {
        return named(graph.getInputBuilderList(), name);
    }

    static ValueInfoProto.Builder output(GraphProto.Builder graph, String name) {
        return named(graph.getOutputBuilderList(), name);
    }

    private static ValueInfoProto.Builder named(List<ValueInfoProto.Builder> values, String name) {
        return values.stream()
                .filter(value -> value.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static void extent(ValueInfoProto.Builder value, int axis, long extent) {
        value.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(axis)
                .setDimValue(extent);
    }

    /** Makes the squeeze of the states to [N, hidden] a reshape to so many rows, -1 for any. */
    static void reshapeStates(GraphProto.Builder graph, int rows) {
        NodeProto.Builder squeeze = node(graph, "read-out").setOpType("Reshape");
        ByteBuffer shape = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        shape.putLong(rows).putLong(6);
        graph.getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals(squeeze.getInput(1)))
                .forEach(tensor ->
                        tensor.setRawData(ByteString.copyFrom(shape.array())).setDims(0, 2));
    }

    /** Makes the first of the labels' biases something that is not a number. */
    static void unfitBias(ModelProto.Builder model) {
        ByteBuffer bias = ByteBuffer.allocate((5 + 7) * 4).order(ByteOrder.LITTLE_ENDIAN);
        bias.putFloat(Float.NaN);
        model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals("labels/bias"))
                .forEach(tensor -> tensor.setRawData(ByteString.copyFrom(bias.array())));
    }
}
