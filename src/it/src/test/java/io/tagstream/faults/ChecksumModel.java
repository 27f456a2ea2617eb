package io.tagstream.faults;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.ModelMetadata;
import io.tagstream.model.Provenance;
import io.tagstream.model.TensorNames;
import io.tagstream.model.Vocabulary;
import io.tagstream.text.TagSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A model that keeps our contract and whose state is an exact checksum of all its stream's tokens in their order, so that one
 * token lost, doubled or moved shows in every later sentence's state, tags and scores, where a trained LSTM forgets it.
 *
 * <p>The state is {@link #HIDDEN} whole numbers below the prime {@link #MODULUS}, which a float holds exactly. A token whose features
 * have the numbers w (by the word table) and s (by the shape table) turns each s_i into (a_i s_i + w + s + b_i) mod p, in 64-bit
 * integers. As a_i has an inverse, two states that differ stay different over the same tokens. The label of a token is s_0 modulo
 * the number of labels; the logit of that label is 1 + s_1 / p, and 0 those of the others, so that the score shows s_1.
 */
final class ChecksumModel {
    static final int HIDDEN = 4;
    /** The greatest prime below 2^24. */
    static final long MODULUS = 16_777_213;

    static final long[] FACTORS = {48_271, 69_621, 1_664_525, 1_103_515};
    static final long[] OFFSETS = {1, 2, 3, 4};
    static final List<String> LABELS = List.of("A", "B", "C", "D", "E", "F", "G");

    private static final String LAYER = "checksum";
    private static final List<String> SHAPES = List.of("x", "xx", "Xx", "Xxx", "X", "XX", "d", "dd", ".", ",");
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    private final List<String> words;
    private final long seed;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("checksum");

    private ChecksumModel(List<String> words, long seed) {
        this.words = words;
        this.seed = seed;
    }

    /**
     * The bytes of the file.
     *
     * @param words lower-case forms that have a number of their own
     * @param seed of those numbers: another seed gives another model
     */
    static byte[] bytes(List<String> words, long seed) {
        return new ChecksumModel(words, seed).model().toByteArray();
    }

    static ModelContract contract(List<String> words) {
        return new ModelContract(
                "checksum",
                "en",
                Cell.RNN,
                1,
                HIDDEN,
                0,
                0,
                List.of(new LabelLayer(LAYER, new TagSet(LABELS))),
                List.of(
                        new FeatureColumn("word", FeatureColumn.Kind.WORD, 0, new Vocabulary(words)),
                        new FeatureColumn("shape", FeatureColumn.Kind.SHAPE, 0, new Vocabulary(SHAPES))),
                "ud-english",
                "fp32",
                Provenance.UNKNOWN);
    }

    /** The number of each id of each column. */
    static long[][] tables(ModelContract contract, long seed) {
        Random random = new Random(seed);
        return contract.columns().stream()
                .map(column ->
                        random.longs(column.vocabulary().size(), 0, MODULUS / 2).toArray())
                .toArray(long[][]::new);
    }

    private ModelProto model() {
        ModelContract contract = contract(words);
        long[][] tables = tables(contract, seed);
        input(TensorNames.IDS, DataType.INT32, "N", tables.length);
        input(TensorNames.H0, DataType.FLOAT, 1, 1, HIDDEN);
        long[] table = Arrays.stream(tables).flatMapToLong(Arrays::stream).toArray();
        initializer(graph, "table", table, table.length);
        initializer(graph, "axis-1", new long[] {1}, 1);
        initializer(graph, "axes-0-1", new long[] {0, 1}, 2);
        initializer(graph, "labels", new long[] {LABELS.size()});
        initializer(graph, "first", new long[] {0});
        initializer(graph, "second", new long[] {1});
        initializer(graph, "modulus", new long[] {MODULUS});
        graph.addInitializer(TensorProto.newBuilder()
                .setName("off-on")
                .setDataType(DataType.FLOAT.getNumber())
                .addDims(2)
                .addFloatData(0)
                .addFloatData(1));
        graph.addInitializer(TensorProto.newBuilder()
                .setName("one")
                .setDataType(DataType.FLOAT.getNumber())
                .addFloatData(1));
        node(graph, "Gather", List.of("table", TensorNames.IDS), "numbers");
        node(graph, "ReduceSum", List.of("numbers", "axis-1"), "number", integer("keepdims", 0));
        node(graph, "Cast", List.of(TensorNames.H0), "h0/whole", to(DataType.INT64));
        node(graph, "Squeeze", List.of("h0/whole", "axes-0-1"), "before");
        graph.addNode(NodeProto.newBuilder()
                .setName("steps")
                .setOpType("Scan")
                .addAllInput(List.of("before", "number"))
                .addAllOutput(List.of("after", "states"))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("num_scan_inputs")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(1))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(step())));
        node(graph, "Unsqueeze", List.of("after", "axes-0-1"), "after/whole");
        node(graph, "Cast", List.of("after/whole"), TensorNames.HN, to(DataType.FLOAT));
        node(graph, "Gather", List.of("states", "first"), "state-0", axis(1));
        node(graph, "Mod", List.of("state-0", "labels"), "label");
        node(graph, "OneHot", List.of("label", "labels", "off-on"), "label/hot");
        node(graph, "Gather", List.of("states", "second"), "state-1", axis(1));
        node(graph, "Cast", List.of("state-1"), "state-1/float", to(DataType.FLOAT));
        node(graph, "Cast", List.of("modulus"), "modulus/float", to(DataType.FLOAT));
        node(graph, "Div", List.of("state-1/float", "modulus/float"), "part");
        node(graph, "Add", List.of("part", "one"), "strength");
        node(graph, "Unsqueeze", List.of("strength", "axis-1"), "strength/rows");
        node(graph, "Mul", List.of("label/hot", "strength/rows"), TensorNames.LOGITS);
        graph.addOutput(value(TensorNames.HN, DataType.FLOAT, 1, 1, HIDDEN));
        graph.addOutput(value(TensorNames.LOGITS, DataType.FLOAT, "T", LABELS.size()));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("tagstream-tests")
                .setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
        ModelMetadata.write(contract)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    /** From a state and a token's number to the next state, which is also the step's output. */
    private static GraphProto step() {
        GraphProto.Builder body = GraphProto.newBuilder().setName("step");
        body.addInput(value("state", DataType.INT64, HIDDEN));
        body.addInput(value("x", DataType.INT64));
        initializer(body, "factors", FACTORS, HIDDEN);
        initializer(body, "offsets", OFFSETS, HIDDEN);
        initializer(body, "step/modulus", new long[] {MODULUS});
        node(body, "Mul", List.of("state", "factors"), "multiplied");
        node(body, "Add", List.of("multiplied", "x"), "moved");
        node(body, "Add", List.of("moved", "offsets"), "shifted");
        node(body, "Mod", List.of("shifted", "step/modulus"), "next");
        node(body, "Identity", List.of("next"), "out");
        body.addOutput(value("next", DataType.INT64, HIDDEN));
        body.addOutput(value("out", DataType.INT64, HIDDEN));
        return body.build();
    }

    private void input(String name, DataType type, Object... shape) {
        graph.addInput(value(name, type, shape));
    }

    private static void node(
            GraphProto.Builder graph,
            String operator,
            List<String> inputs,
            String output,
            AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(output + ":" + operator)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
    }

    /** A constant; without a shape a scalar. */
    private static void initializer(GraphProto.Builder graph, String name, long[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()));
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        graph.addInitializer(tensor);
    }

    private static AttributeProto to(DataType type) {
        return integer("to", type.getNumber());
    }

    private static AttributeProto axis(int axis) {
        return integer("axis", axis);
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static ValueInfoProto value(String name, DataType type, Object... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (Object extent : shape) {
            TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
            if (extent instanceof Integer number) {
                dimension.setDimValue(number);
            } else {
                dimension.setDimParam(extent.toString());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
