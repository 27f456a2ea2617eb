package io.tagstream.markdown;

import io.tagstream.report.Drawing;
import io.tagstream.text.TextFile;
import io.tagstream.text.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts of a Markdown file that a command writes, between {@code <!-- tagstream:NAME -->} and {@code <!-- /tagstream:NAME -->};
 * what stands around them is people's. Their figures lie in the folder beside the file that is named after it: {@code
 * model-figures/} beside {@code model.md}.
 */
public final class MarkedSections {
    private static final String MARKDOWN = ".md";

    private MarkedSections() {}

    /**
     * Replaces sections, their figures with them, and leaves the others as they are.
     *
     * @throws IOException if the file cannot be read or something cannot be written
     * @throws UsageException if the file lacks one of the sections; nothing is then written
     */
    public static void write(Path file, List<MarkdownSection> sections) throws IOException {
        String name = String.valueOf(file.getFileName());
        String stem = name.endsWith(MARKDOWN) ? name.substring(0, name.length() - MARKDOWN.length()) : name;
        String folder = stem + "-figures";
        String text = read(file);
        for (MarkdownSection section : sections) {
            Place place = place(file, text, section.name());
            text = text.substring(0, place.from()) + "\n" + section.text(folder) + text.substring(place.to());
        }
        figures(sections, file.toAbsolutePath().resolveSibling(folder));
        Files.writeString(file, text);
    }

    /** Writes the figures of sections into a folder, which is made if need be. */
    public static void figures(List<MarkdownSection> sections, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (MarkdownSection section : sections) {
            Files.writeString(folder.resolve(section.file()), Drawing.svg(section.figure()));
        }
    }

    /**
     * Looks whether sections are there, before there is anything to write into them.
     *
     * @throws IOException if the file cannot be read
     * @throws UsageException if it lacks one
     */
    public static void require(Path file, List<String> names) throws IOException {
        String text = read(file);
        names.forEach(name -> place(file, text, name));
    }

    private static String read(Path file) throws IOException {
        try (TextFile text = TextFile.open(file)) {
            return text.text();
        }
    }

    private record Place(int from, int to) {}

    private static Place place(Path file, String text, String name) {
        String begin = "<!-- tagstream:" + name + " -->";
        String end = "<!-- /tagstream:" + name + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end, Math.max(0, from));
        if (from < 0 || to < 0) {
            throw new UsageException(file + " has no section '" + name + "': put the lines " + begin + " and " + end
                    + " where it belongs");
        }
        return new Place(from + begin.length(), to);
    }
}
