package io.tagstream.recipe;

import io.tagstream.data.LayerColumn;
import io.tagstream.model.ModelMetadata;
import io.tagstream.text.UsageException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the text to learn from lies, in CoNLL-U or in columns ({@link io.tagstream.data.CorpusReader}).
 *
 * @param train the training corpus
 * @param dev the development corpus that picks the best epoch
 * @param silver further text, labelled by a machine, or none
 * @param layers the label layers to learn, the one that picks the best epoch first; none for those there are of UPOS and XPOS, or for the
 *     only column of labels
 */
public record CorpusFiles(Path train, Path dev, List<Path> silver, List<LayerColumn> layers) {
    public CorpusFiles {
        silver = List.copyOf(silver);
        layers = List.copyOf(layers);
        for (LayerColumn layer : layers) {
            if (!ModelMetadata.isName(layer.name())) {
                throw new UsageException("a label layer cannot be named '" + layer.name()
                        + "', expected letters, digits, _ and - (--layer NAME=" + layer.column()
                        + " gives another name)");
            }
        }
    }

    /** CoNLL-U with the usual layers and nothing that a machine labelled. */
    public CorpusFiles(Path train, Path dev) {
        this(train, dev, List.of(), List.of());
    }

    /** The names of the layers to learn; none for the usual ones. */
    public List<String> layerNames() {
        return layers.stream().map(LayerColumn::name).toList();
    }
}
