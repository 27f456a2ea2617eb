package io.tagstream.compare;

import io.tagstream.text.UsageException;
import io.tagstream.trial.Measure;
import io.tagstream.trial.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is compared.
 *
 * @param train the training corpus, CoNLL-U
 * @param dev what models are scored on, CoNLL-U
 * @param vectors pre-trained word vectors, or none: the row without them is then the base and left out
 * @param seeds at least one, each once; a training for every row and seed
 * @param epochs of a training, at least 1
 * @param rows names of what is wanted, of {@link #names()}; empty for all
 * @param folder for findings, models, tables and figures
 * @param page a Markdown file whose marked sections are replaced too, or none
 */
public record ComparisonSettings(
        Path train,
        Path dev,
        @Nullable Path vectors,
        List<Long> seeds,
        int epochs,
        List<String> rows,
        Path folder,
        @Nullable Path page) {
    /** Few, but all rows in half an hour or so. */
    public static final int DEFAULT_EPOCHS = 5;

    public static final List<Long> DEFAULT_SEEDS = List.of(1L, 2L, 3L);

    public ComparisonSettings {
        seeds = List.copyOf(new LinkedHashSet<>(seeds));
        rows = List.copyOf(rows);
        if (seeds.isEmpty()) {
            throw new UsageException("seeds must be at least one, got none");
        }
        if (epochs < 1) {
            throw new UsageException("epochs must be at least 1, got " + epochs);
        }
        if (vectors == null && rows.contains(Row.WITHOUT_VECTORS.name())) {
            throw new UsageException("the row '" + Row.WITHOUT_VECTORS.name()
                    + "' has nothing to be compared with unless word vectors are given");
        }
        for (String row : rows) {
            if (!names().contains(row)) {
                throw new UsageException("there is no row '" + row + "': choose of " + String.join(", ", names()));
            }
        }
    }

    /** What can be asked for: the rows that are trained, then what is measured beside. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(Row.ALL.stream().map(Row::name).toList());
        names.addAll(List.of(Measure.STREAMS.title(), Measure.NAMES.title(), Measure.RECALL.title()));
        return names;
    }

    boolean wants(Measure measure) {
        return rows.isEmpty() || rows.contains(measure.title());
    }

    /** The rows that must be trained, the base first: it is what the others are held against. */
    List<Row> trained() {
        Set<Row> needed = new HashSet<>();
        if (rows.stream().anyMatch(row -> !row.equals(Measure.RECALL.title()))) {
            needed.add(Row.BASE);
        }
        if (wants(Measure.STREAMS) || wants(Measure.NAMES)) {
            needed.add(Row.RESET);
        }
        return Row.ALL.stream()
                .filter(row -> rows.isEmpty() || rows.contains(row.name()) || needed.contains(row))
                .filter(row -> vectors != null || row.vectors())
                .toList();
    }
}
