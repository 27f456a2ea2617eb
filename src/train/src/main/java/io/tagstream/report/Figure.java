package io.tagstream.report;

/** Something that {@link Drawing} can draw. */
public sealed interface Figure permits LineChart, HeatMap, DotChart, PointChart {
    /** What it shows, in a few words; also what a screen reader says. */
    String title();
}
