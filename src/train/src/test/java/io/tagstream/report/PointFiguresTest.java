package io.tagstream.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.report.DotChart.Dots;
import io.tagstream.report.PointChart.Point;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PointFiguresTest {
    private final DotChart dots = new DotChart(
            "By row",
            "UPOS, %",
            List.of("base", "rnn"),
            List.of(new Dots("seed 1", new double[] {95.1, 94.0}), new Dots("seed 2", new double[] {95.3, Double.NaN
            })));

    @Test
    void shouldDrawDotsByCategoryAndLeaveOutWhatIsNotThere() throws Exception {
        parse(Drawing.svg(dots));
        DotChart none = new DotChart(
                "By row", "UPOS, %", dots.categories(), List.of(dots.series().get(0), new Dots("seed 2", new double[] {
                    95.3, 94.2
                })));
        assertThat(circles(none)).isEqualTo(circles(dots) + 1);
        assertThat(Drawing.svg(dots)).isEqualTo(Drawing.svg(dots));
        assertThat(ImageIO.read(new ByteArrayInputStream(Drawing.png(dots))).getWidth())
                .isEqualTo(2 * ChartStyle.WIDTH);
    }

    @Test
    void shouldDrawAPointAndItsNameForEach() throws Exception {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            points.add(new Point("model " + i, i % 2 == 0 ? "even" : "odd", 100_000 + i, 95 + i / 100.0));
        }
        PointChart four = new PointChart("Accuracy and speed", "tokens a second", "%", points.subList(0, 4));
        PointChart five = new PointChart("Accuracy and speed", "tokens a second", "%", points);

        parse(Drawing.svg(five));
        assertThat(circles(five)).isEqualTo(circles(four) + 1);
    }

    @Test
    void shouldDrawOnePointAlone() throws Exception {
        parse(Drawing.svg(new PointChart("One", "x", "y", List.of(new Point("a", "b", 0, 0)))));
    }

    @Test
    void shouldRefuseWhatCannotBeDrawn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PointChart("None", "x", "y", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DotChart("Uneven", "y", List.of("a"), dots.series()))
                .withMessageContaining("seed 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dots("seed 3", new double[] {Double.NaN}))
                .withMessageContaining("seed 3");
    }

    private static int circles(Figure figure) {
        return Drawing.svg(figure).split("<ellipse|<circle", -1).length - 1;
    }

    private static void parse(String svg) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((id, url) -> new InputSource(new StringReader("")));
        builder.parse(new InputSource(new StringReader(svg)));
    }
}
