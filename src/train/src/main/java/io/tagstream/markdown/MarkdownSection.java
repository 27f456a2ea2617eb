package io.tagstream.markdown;

import io.tagstream.report.Figure;

/**
 * A part of a Markdown text that a command writes: a figure, a table, and what the reader must know to read them.
 *
 * @param name of its marks ({@link MarkedSections}) and of its figure's file
 * @param note how the figures came about, in Markdown
 */
public record MarkdownSection(String name, Figure figure, MarkdownTable table, String note) {
    /**
     * The text.
     *
     * @param figures the folder of the figure's file, as seen from the text
     */
    public String text(String figures) {
        return "![" + figure.title() + "](" + figures + "/" + file() + ")\n\n" + table.text() + "\n" + note + "\n";
    }

    /** The name of the figure's file. */
    public String file() {
        return name + ".svg";
    }
}
