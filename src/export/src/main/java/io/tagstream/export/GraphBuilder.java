package io.tagstream.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX graph under construction: nodes in the order they are added, so that the same calls give the same bytes. Tensors are
 * named by the caller; a {@code /} in a name keeps internal tensors apart from columns, which have none. For one thread.
 */
final class GraphBuilder {
    /** The operator set of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";

    private final GraphProto.Builder graph;

    GraphBuilder(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /** Adds a standard operator with one output and returns the output's name. */
    String add(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        add("", operator, inputs, List.of(output), attributes);
        return output;
    }

    /** Adds an operator; an empty input or output name leaves an optional one out. */
    void add(String domain, String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(outputs.stream()
                                .filter(name -> !name.isEmpty())
                                .findFirst()
                                .orElseThrow()
                        + ":" + operator)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes));
        if (!domain.isEmpty()) {
            node.setDomain(domain);
        }
        graph.addNode(node);
    }

    String floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(name, TensorProto.DataType.FLOAT, bytes.array(), shape);
    }

    String bytes(String name, byte[] values, long... shape) {
        return constant(name, TensorProto.DataType.INT8, values, shape);
    }

    /** Rounded to half floats; each must be within their range, below 65,520. */
    String halves(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(HalfFloat.bits(value));
        }
        return constant(name, TensorProto.DataType.FLOAT16, bytes.array(), shape);
    }

    /** A list of 64-bit integers, as axes and bounds are given. */
    String integers(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(name, TensorProto.DataType.INT64, bytes.array(), values.length);
    }

    private String constant(String name, TensorProto.DataType type, byte[] bytes, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Declares a graph input; extents are numbers or the names of dynamic ones. */
    void input(String name, TensorProto.DataType type, Object... shape) {
        graph.addInput(value(name, type, shape));
    }

    /** Declares a graph output; extents are numbers or the names of dynamic ones. */
    void output(String name, TensorProto.DataType type, Object... shape) {
        graph.addOutput(value(name, type, shape));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, Object... shape) {
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

    GraphProto build() {
        return graph.build();
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
