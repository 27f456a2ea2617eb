package io.tagstream.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.report.LineChart.Axis;
import io.tagstream.report.LineChart.Line;
import io.tagstream.report.LineChart.Style;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PageTest {
    private static final String EVIL = "<script>alert('&\"')</script>\u0001";

    private final LineChart chart = new LineChart(
            "Loss & <b>",
            "epoch",
            Axis.logarithmic("loss", 1e-9),
            List.of(
                    Line.of("falls", new double[] {1, 1e-3, 1e-6, 0}, Style.SOLID),
                    Line.of("compared", new double[] {1, 1, 1, 1}, Style.DASHED)));
    private final HeatMap map = new HeatMap(
            "Gates", List.of("I", "eat"), List.of("forget", "input"), new double[][] {{0, 0.5}, {1, 0.25}}, 0, 1, true);

    @Test
    void shouldBeWellFormedAndNeedNothingButItself() throws Exception {
        String html = page().html();

        assertThat(parse(html).getDocumentElement().getTagName()).isEqualTo("html");
        assertThat(html)
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("<script")
                .doesNotContain("<link")
                .contains("default-src 'none'");
        assertThat(parse(html).getElementsByTagName("svg").getLength()).isEqualTo(2);
    }

    @Test
    void shouldEscapeWhateverItIsGiven() throws Exception {
        Page page = new Page(EVIL)
                .section(EVIL)
                .subsection(EVIL)
                .text(EVIL + "*" + EVIL + "*")
                .note(EVIL)
                .list(EVIL)
                .table(new Table("a", "b").row(EVIL, "1"), EVIL)
                .tokens(new TokenStrip(List.of(new TokenTags(Token.of(EVIL), EVIL, 0.5f, Map.of()))))
                .figure(new HeatMap(EVIL, List.of(EVIL), List.of(EVIL), new double[][] {{1}}, 0, 1, false), EVIL);

        assertThat(page.html()).doesNotContain("<script").contains("&lt;script&gt;");
        assertThat(parse(page.html()).getElementsByTagName("h2").item(0).getTextContent())
                .isEqualTo(EVIL.replace('\u0001', '\uFFFD'));
    }

    @Test
    void shouldKeepTheNamesInsideFiguresApart() {
        String html = page().figure(chart, "again").html();
        Matcher id = Pattern.compile("\\bid=\"([^\"]+)\"").matcher(html);
        Set<String> ids = new HashSet<>();
        while (id.find()) {
            assertThat(ids.add(id.group(1))).as(id.group(1)).isTrue();
        }
        Matcher use = Pattern.compile("url\\(#([^)]+)\\)").matcher(html);
        while (use.find()) {
            assertThat(ids).contains(use.group(1));
        }
        assertThat(ids).isNotEmpty();
    }

    @Test
    void shouldDrawTheSameTwiceAndSomethingEachTime() throws IOException {
        for (Figure figure : List.of(chart, map)) {
            assertThat(Drawing.svg(figure)).contains("<svg").contains("<path").hasSizeGreaterThan(2000);
            assertThat(ImageIO.read(new ByteArrayInputStream(Drawing.png(figure)))
                            .getWidth())
                    .isGreaterThan(1000);
            assertThat(Drawing.png(figure)).isEqualTo(Drawing.png(figure));
            assertThat(Drawing.svg(figure)).isEqualTo(Drawing.svg(figure));
        }
    }

    @Test
    void shouldPutWhatIsTwiceAsMuchTwiceAsHigh() {
        LineChart plain = new LineChart(
                "plain",
                "x",
                Axis.between("y", 0, 4),
                List.of(new Line("y", new double[] {0, 1, 2}, new double[] {0, 2, 4}, Style.SOLID)));
        Matcher line = Pattern.compile("stroke:rgb\\(0,114,178\\)[^>]* y1=\"([0-9.]+)\" y2=\"([0-9.]+)\"")
                .matcher(Drawing.svg(plain));

        assertThat(line.find()).isTrue();
        double low = Double.parseDouble(line.group(1));
        double middle = Double.parseDouble(line.group(2));
        assertThat(line.find()).isTrue();
        double high = Double.parseDouble(line.group(2));
        assertThat(low - high).isPositive();
        assertThat((low - middle) / (low - high)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void shouldWriteFormulasThatBrowsersDraw() {
        assertThat(Formula.mathml("h_t = tanh(W_{xh} x_t)", false))
                .startsWith("<math><mrow><msub><mi>h</mi><mi>t</mi></msub><mo>=</mo>")
                .contains("<mi mathvariant=\"normal\">tanh</mi>")
                .contains("<msub><mi>W</mi><mrow><mrow><mi>x</mi><mi>h</mi></mrow></mrow></msub>");
        assertThat(Formula.mathml("frac{1}{2}^{10}", true))
                .contains("<msup><mfrac>")
                .contains("display=\"block\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Formula.mathml("a_{b", false));
        assertThatIllegalArgumentException().isThrownBy(() -> Formula.mathml("a}", false));
    }

    @Test
    void shouldRefuseFiguresThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Line("l", new double[] {1}, new double[] {1, 2}, Style.SOLID));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeatMap("m", List.of("a"), List.of("b"), new double[][] {{1, 2}}, 0, 1, false));
    }

    private Page page() {
        return new Page("A page")
                .section("One")
                .text("The state $h_t$ is *all*, `x < y`.")
                .formula("W' = W - η frac{∂E}{∂W}")
                .figure(chart, "It falls.")
                .section("Two")
                .figure(map, "Open.")
                .table(new Table("tag", "P").row(List.of(Table.Cell.of("NOUN"), Table.Cell.bar(0.25))), "Shares.");
    }

    private static Document parse(String html) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }
}
