package io.tagstream.compare;

import io.tagstream.markdown.MarkdownSection;
import io.tagstream.markdown.MarkedSections;
import io.tagstream.trial.Findings;
import io.tagstream.trial.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what the findings say: tables in Markdown, figures as SVG. */
final class ComparisonPage {
    /** The names of the sections. */
    static final List<String> SECTIONS = List.of(RowTable.NAME, StreamTable.NAME, NameTable.NAME, RecallTable.NAME);

    private static final String FIGURES = "figures";

    private final Findings findings;

    ComparisonPage(Findings findings) {
        this.findings = findings;
    }

    /**
     * Writes {@code comparison.md} and {@code figures/} into a folder, and into a page of people's the sections that there are findings
     * for.
     *
     * @return the file with the tables
     */
    Path write(Path folder, @Nullable Path page) throws IOException {
        List<MarkdownSection> sections = sections();
        Path file = folder.resolve("comparison.md");
        StringBuilder text = new StringBuilder("# A fair comparison\n");
        sections.forEach(section -> text.append("\n## ")
                .append(section.figure().title())
                .append("\n\n")
                .append(section.text(FIGURES)));
        Files.writeString(file, text);
        MarkedSections.figures(sections, folder.resolve(FIGURES));
        if (page != null) {
            MarkedSections.write(page, sections);
        }
        return file;
    }

    private List<MarkdownSection> sections() {
        List<MarkdownSection> sections = new ArrayList<>();
        if (findings.has(Measure.TRAINING)) {
            sections.add(RowTable.of(findings));
        }
        if (findings.has(Measure.STREAMS)) {
            sections.add(StreamTable.of(findings));
        }
        if (NameTable.hasNames(findings)) {
            sections.add(NameTable.of(findings));
        }
        if (findings.has(Measure.RECALL)) {
            sections.add(RecallTable.of(findings));
        }
        return sections;
    }
}
