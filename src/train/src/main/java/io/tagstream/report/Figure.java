package io.tagstream.report;

/** Something that can be drawn, as SVG for a page or a file and as PNG for where SVG is not read. The same values give the same bytes. */
public sealed interface Figure permits LineChart, HeatMap, DotChart, PointChart {
    /** What it shows, in a few words; also what a screen reader says. */
    String title();

    /** A whole SVG file, UTF-8. */
    default String svg() {
        return Drawing.svg(this);
    }

    /** A PNG file, two dots to a pixel of the SVG. */
    default byte[] png() {
        return Drawing.png(this);
    }
}
