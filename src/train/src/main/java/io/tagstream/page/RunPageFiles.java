package io.tagstream.page;

import io.tagstream.recipe.TrainingException;
import io.tagstream.report.Drawing;
import io.tagstream.report.Figure;
import io.tagstream.report.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes a page, and its figures one by one as SVG and PNG into a folder beside it. */
public final class RunPageFiles {
    private static final String HTML = ".html";

    private RunPageFiles() {}

    /**
     * @param file {@code model.report.html}, say: the figures then go to {@code model.report-figures/}
     * @throws TrainingException if something cannot be written; the model is saved by then
     */
    public static void write(Path file, Page page) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(HTML) ? name.substring(0, name.length() - HTML.length()) : name;
        Path folder = file.toAbsolutePath().resolveSibling(stem + "-figures");
        try {
            Files.writeString(file, page.html());
            Files.createDirectories(folder);
            List<Figure> figures = page.figures();
            for (int i = 0; i < figures.size(); i++) {
                String words = figures.get(i).title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
                String figure = String.format(Locale.ROOT, "%02d-%s", i + 1, words);
                Files.writeString(folder.resolve(figure + ".svg"), Drawing.svg(figures.get(i)));
                Files.write(folder.resolve(figure + ".png"), Drawing.png(figures.get(i)));
            }
        } catch (IOException e) {
            throw new TrainingException(
                    "the model is saved, but the page about it cannot be written to " + file + ": " + e.getMessage(),
                    e);
        }
    }
}
