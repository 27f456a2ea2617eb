package io.tagstream.terminal;

/**
 * One entry on a terminal: a head in a column of fixed width, and behind it pieces that stay whole, in as many lines as they need; the
 * lines after the first start below the first piece. A piece that is wider than a line is cut.
 */
public final class TextLayout {
    private static final String RESET = "\u001b[0m";

    private final StringBuilder lines = new StringBuilder();
    private final int indent;
    private final int width;
    private final boolean colored;
    private int column;
    private boolean empty = true;

    /** A part of a piece and how it is painted: an escape sequence, empty for none. */
    public record Span(String text, String style) {}

    /** @param indent where the pieces start; 0 for no head */
    public TextLayout(int indent, int width, boolean colored) {
        this.indent = indent;
        this.width = Math.max(width, indent + 2);
        this.colored = colored;
    }

    /** The head, which fills its column. */
    public TextLayout head(String text, String style) {
        String safe = CellWidth.safe(text);
        paint(CellWidth.fit(safe, indent - 1), style);
        // Without a mark, spaces between right-to-left words belong to their run, and the column would change places.
        lines.append(CellWidth.isRightToLeft(safe) ? "\u200e " : " ");
        column = indent;
        return this;
    }

    /** The words of a text, each a piece. */
    public TextLayout words(String text, String style) {
        for (String word : text.split(" ", -1)) {
            piece(new Span(word, style));
        }
        return this;
    }

    public TextLayout piece(Span... spans) {
        int cells = 0;
        for (Span span : spans) {
            cells += CellWidth.of(CellWidth.safe(span.text()));
        }
        if (!empty) {
            if (column + 1 + cells > width) {
                breakLine();
            } else {
                lines.append(' ');
                column++;
            }
        }
        empty = false;
        for (Span span : spans) {
            cut(CellWidth.safe(span.text()), span.style());
        }
        return this;
    }

    private void cut(String text, String style) {
        StringBuilder part = new StringBuilder();
        for (int codePoint : text.codePoints().toArray()) {
            int cells = CellWidth.of(codePoint);
            if (column + cells > width) {
                paint(part.toString(), style);
                part.setLength(0);
                breakLine();
            }
            part.appendCodePoint(codePoint);
            column += cells;
        }
        paint(part.toString(), style);
    }

    private void breakLine() {
        lines.append('\n').append(" ".repeat(indent));
        column = indent;
    }

    private void paint(String text, String style) {
        if (text.isEmpty()) {
            return;
        }
        if (colored && !style.isEmpty()) {
            lines.append(style).append(text).append(RESET);
        } else {
            lines.append(text);
        }
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
