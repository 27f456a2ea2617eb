package io.tagstream.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.report.LineChart;
import io.tagstream.report.LineChart.Axis;
import io.tagstream.report.LineChart.Line;
import io.tagstream.report.LineChart.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedSectionsTest {
    private static final String TEXT = """
            # Title

            <!-- tagstream:one -->
            old $1
            <!-- /tagstream:one -->

            People's.
            <!-- tagstream:two --><!-- /tagstream:two -->
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldReplaceASectionAndLeaveAllElse() throws IOException {
        Path file = Files.writeString(folder.resolve("model.md"), TEXT);

        MarkedSections.write(file, List.of(section("one", "a | b $0")));
        MarkedSections.write(file, List.of(section("one", "a | b $0")));

        assertThat(Files.readString(file)).isEqualTo("""
                        # Title

                        <!-- tagstream:one -->
                        ![Lines](model-figures/one.svg)

                        | x | y |
                        |---|---|
                        | a \\| b $0 | 1 |

                        Seen.
                        <!-- /tagstream:one -->

                        People's.
                        <!-- tagstream:two --><!-- /tagstream:two -->
                        """);
        assertThat(folder.resolve("model-figures")).isDirectoryContaining("glob:**one.svg");
    }

    @Test
    void shouldWriteNothingWhereASectionIsMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("model.md"), TEXT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkedSections.write(file, List.of(section("one", "new"), section("three", "new"))))
                .withMessageContainingAll("model.md", "<!-- tagstream:three -->");
        assertThat(Files.readString(file)).isEqualTo(TEXT);
        assertThat(folder.resolve("model-figures")).doesNotExist();
    }

    @Test
    void shouldRefuseARowOfAnotherWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarkdownTable(List.of("x", "y")).row(List.of("1")))
                .withMessageContaining("1 cells");
    }

    private static MarkdownSection section(String name, String cell) {
        LineChart figure =
                new LineChart("Lines", "x", Axis.of("y"), List.of(Line.of("line", new double[] {1, 2}, Style.SOLID)));
        return new MarkdownSection(name, figure, new MarkdownTable(List.of("x", "y")).row(List.of(cell, "1")), "Seen.");
    }
}
