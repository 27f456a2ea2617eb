package io.tagstream.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
public final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();
    private final int columns;

    /** @param header the columns' names */
    public MarkdownTable(List<String> header) {
        this.columns = header.size();
        lines.add(line(header));
        lines.add("|---".repeat(columns) + "|");
    }

    /** Adds a row. */
    public MarkdownTable row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(
                    "a row has " + cells.size() + " cells, the table " + columns + " columns");
        }
        lines.add(line(cells));
        return this;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** The table, a line break at its end. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }
}
