package io.tagstream.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A table, row by row. Numbers stand to the right. Not for several threads. */
public final class Table {
    private static final Pattern NUMBER = Pattern.compile("[-+\u2212]?[0-9][0-9.,]*(e[-+]?[0-9]+)?( ?%)?|\u2013");
    private static final double PERCENT = 100;

    private final List<String> header;
    private final List<String> rows = new ArrayList<>();

    /** @param header the columns' names, in the marks of {@link Page#text} */
    public Table(String... header) {
        this.header = List.of(header);
    }

    /** What stands in a cell. */
    public record Cell(String html, boolean number) {
        /** Text as it is. */
        public static Cell of(String text) {
            return new Cell(PlainText.escape(text), NUMBER.matcher(text).matches());
        }

        /** Text in the marks of {@link Page#text}. */
        public static Cell marked(String text) {
            return new Cell(Markup.html(text), false);
        }

        /** A share of one as a bar with its number. */
        public static Cell bar(double share) {
            String width = String.format(Locale.ROOT, "%.1f", PERCENT * Math.max(0, Math.min(1, share)));
            return new Cell(
                    "<span class=\"bar\"><span style=\"width:" + width + "%\"></span></span>"
                            + String.format(Locale.ROOT, "%.4f", share),
                    true);
        }
    }

    /** Adds a row of texts as they are. */
    public Table row(String... cells) {
        List<Cell> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Cell.of(cell));
        }
        return row(row);
    }

    /** Adds a row. */
    public Table row(List<Cell> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    "a row has " + cells.size() + " cells, the table " + header.size() + " columns");
        }
        StringBuilder row = new StringBuilder("<tr>");
        for (Cell cell : cells) {
            row.append(cell.number() ? "<td class=\"n\">" : "<td>")
                    .append(cell.html())
                    .append("</td>");
        }
        rows.add(row.append("</tr>").toString());
        return this;
    }

    String html(String caption) {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table>");
        if (!caption.isEmpty()) {
            html.append("<caption>").append(Markup.html(caption)).append("</caption>");
        }
        html.append("<thead><tr>");
        header.forEach(name -> html.append("<th>").append(Markup.html(name)).append("</th>"));
        html.append("</tr></thead><tbody>");
        rows.forEach(html::append);
        return html.append("</tbody></table></div>").toString();
    }
}
