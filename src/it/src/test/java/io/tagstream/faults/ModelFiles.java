package io.tagstream.faults;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.ModelMetadata;
import io.tagstream.text.TagSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Model files that say of themselves what their graph does not do. */
final class ModelFiles {
    private ModelFiles() {}

    /** The same graph with another contract. */
    static byte[] saying(byte[] model, UnaryOperator<ModelContract> change) throws InvalidProtocolBufferException {
        ModelProto.Builder file = ModelProto.parseFrom(model).toBuilder();
        Map<String, String> metadata = new HashMap<>();
        file.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        List<String> problems = new ArrayList<>();
        ModelContract contract = ModelMetadata.parse(metadata, problems);
        if (contract == null) {
            throw new IllegalStateException(String.join(", ", problems));
        }
        file.clearMetadataProps();
        ModelMetadata.write(change.apply(contract))
                .forEach((key, value) -> file.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file.build().toByteArray();
    }

    static ModelContract with(ModelContract contract, int hidden, List<LabelLayer> layers) {
        return new ModelContract(
                contract.name(),
                contract.language(),
                contract.cell(),
                contract.layers(),
                hidden,
                contract.backwardHidden(),
                contract.lookAhead(),
                layers,
                contract.columns(),
                contract.tokenizer(),
                contract.precision(),
                contract.provenance());
    }

    static List<LabelLayer> firstLabelOnly(List<LabelLayer> layers) {
        return layers.stream()
                .map(layer -> new LabelLayer(
                        layer.name(), new TagSet(layer.tags().labels().subList(0, 1))))
                .toList();
    }
}
