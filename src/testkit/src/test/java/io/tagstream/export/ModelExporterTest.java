package io.tagstream.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tagstream.fixture.TinyModels;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelExporterTest {
    @Test
    void shouldWriteTheSameBytesForTheSameWeights() {
        assertThat(TinyModels.lstm().lookAhead(1).int8().bytes())
                .isEqualTo(TinyModels.lstm().lookAhead(1).int8().bytes())
                .isNotEqualTo(TinyModels.lstm().lookAhead(1).int8().seed(1).bytes());
    }

    @Test
    void shouldKeepInt8WeightsWithinSevenBits() throws InvalidProtocolBufferException {
        ModelProto model = ModelProto.parseFrom(
                TinyModels.lstm().layers(2).backward(3).int8().bytes());
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .contains("DynamicQuantizeLSTM", "DynamicQuantizeMatMul")
                .doesNotContain("LSTM", "Gemm");
        int checked = 0;
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (tensor.getName().endsWith("/W")
                    || tensor.getName().endsWith("/R")
                    || tensor.getName().equals("labels/weight")) {
                assertThat(tensor.getDataType()).isEqualTo(TensorProto.DataType.INT8.getNumber());
                byte largest = 0;
                for (byte value : tensor.getRawData().toByteArray()) {
                    assertThat(value).isBetween((byte) -64, (byte) 63);
                    largest = (byte) Math.max(largest, value);
                }
                assertThat(largest).isEqualTo((byte) 63);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(7);
    }

    @Test
    void shouldWriteSmallerTablesForAPlainRnnAndLeaveItsWeights() throws InvalidProtocolBufferException {
        ModelProto model = ModelProto.parseFrom(TinyModels.rnn().int8().bytes());
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .contains("RNN");
        assertThat(model.getGraph().getInitializerList())
                .filteredOn(tensor -> tensor.getName().equals("embedding/table"))
                .singleElement()
                .extracting(TensorProto::getDataType)
                .isEqualTo(TensorProto.DataType.FLOAT16.getNumber());
    }

    @Test
    void shouldRefuseWeightsOfAnotherShape() {
        Map<String, Tensor> tensors = new HashMap<>(TinyModels.lstm().weights().tensors());
        tensors.put("forward.0.w_hh", new Tensor(new float[6], new int[] {1, 6}));
        assertThatThrownBy(() -> ModelExporter.export(TinyModels.lstm().contract(), new TaggerWeights(tensors)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights 'forward.0.w_hh' are [1, 6], expected [24, 6]");
    }

    @Test
    void shouldRefuseMissingWeights() {
        Map<String, Tensor> tensors = new HashMap<>(TinyModels.lstm().weights().tensors());
        tensors.remove("layer.xpos.bias");
        assertThatThrownBy(() -> ModelExporter.export(TinyModels.lstm().contract(), new TaggerWeights(tensors)))
                .hasMessage("the weights lack 'layer.xpos.bias'");
    }

    @Test
    void shouldRefuseWeightsThatAreNotFinite() {
        Map<String, Tensor> tensors = new HashMap<>(TinyModels.lstm().weights().tensors());
        tensors.put("layer.upos.bias", new Tensor(new float[] {0, 0, Float.NaN, 0, 0}, new int[] {5}));
        assertThatThrownBy(() -> ModelExporter.export(TinyModels.lstm().contract(), new TaggerWeights(tensors)))
                .hasMessage("weights 'layer.upos.bias' hold NaN");
    }
}
