package io.tagstream.train;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the text to learn from lies, all of it CoNLL-U.
 *
 * @param train the training corpus
 * @param dev the development corpus that picks the best epoch
 * @param silver further text, labelled by a machine, or none
 */
public record CorpusFiles(Path train, Path dev, List<Path> silver) {
    public CorpusFiles {
        silver = List.copyOf(silver);
    }
}
