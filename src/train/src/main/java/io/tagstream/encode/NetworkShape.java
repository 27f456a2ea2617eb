package io.tagstream.encode;

import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.words.WordTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a network by name and shape, in a fixed order. The names are those of {@link
 * io.tagstream.export.TaggerWeights}, except that {@code embedding.word} here is the table of what is learned on top of the
 * pre-trained vectors: row 0 is always zero, row id + 1 belongs to word id.
 */
public record NetworkShape(
        NetworkSettings settings, WordTable words, List<FeatureColumn> columns, List<LabelLayer> layers) {
    public static final String WORD_EMBEDDING = "embedding.word";

    public NetworkShape {
        columns = List.copyOf(columns);
        layers = List.copyOf(layers);
    }

    public Map<String, long[]> tensors() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(WORD_EMBEDDING, new long[] {words.learned() + 1L, words.width()});
        long width = words.width();
        for (FeatureColumn column : columns.subList(1, columns.size())) {
            shapes.put(
                    "embedding." + column.name(),
                    new long[] {column.vocabulary().size(), settings.affixWidth()});
            width += settings.affixWidth();
        }
        width *= settings.windowWidth();
        for (int layer = 0; layer < settings.layers(); layer++) {
            addCell(shapes, forward(layer), layer == 0 ? width : settings.hidden(), settings.hidden());
        }
        if (settings.backwardHidden() > 0) {
            addCell(shapes, "backward", width, settings.backwardHidden());
        }
        long readOut = (long) settings.hidden() * settings.statesRead() + settings.backwardHidden();
        for (LabelLayer layer : layers) {
            shapes.put(
                    "layer." + layer.name() + ".weight",
                    new long[] {layer.tags().size(), readOut});
            shapes.put(
                    "layer." + layer.name() + ".bias", new long[] {layer.tags().size()});
        }
        return shapes;
    }

    public static String forward(int layer) {
        return "forward." + layer;
    }

    private void addCell(Map<String, long[]> shapes, String prefix, long inputs, long hidden) {
        long gates = settings.cell() == Cell.LSTM ? 4 * hidden : hidden;
        shapes.put(prefix + ".w_ih", new long[] {gates, inputs});
        shapes.put(prefix + ".w_hh", new long[] {gates, hidden});
        shapes.put(prefix + ".b_ih", new long[] {gates});
        shapes.put(prefix + ".b_hh", new long[] {gates});
    }
}
