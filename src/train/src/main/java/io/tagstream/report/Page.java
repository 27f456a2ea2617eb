package io.tagstream.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An HTML page that needs nothing but itself: style and figures are inside, there is no script, and its own policy forbids loading
 * anything. It is also well-formed XML. Built from top to bottom; not for several threads.
 *
 * <p>Texts may hold {@code *emphasis*}, {@code `code`} and {@code $formulas$}; all else is escaped. Titles are plain.
 */
public final class Page {
    private static final Pattern PROLOGUE = Pattern.compile("^.*?(?=<svg)", Pattern.DOTALL);
    private static final Pattern NAMESPACE = Pattern.compile(" xmlns(:xlink)?=\"[^\"]*\"");
    private static final Pattern SIZE = Pattern.compile(" (width|height|x|y)=\"[0-9.]+px\"");
    private static final Pattern NAME = Pattern.compile("(\\bid=\"|url\\(#|href=\"#)");

    private final String title;
    private final StringBuilder body = new StringBuilder();
    private final List<String> sections = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    public Page(String title) {
        this.title = title;
    }

    /** Begins a section; sections are listed at the top of the page. */
    public Page section(String heading) {
        sections.add(heading);
        body.append("<h2 id=\"s")
                .append(sections.size())
                .append("\">")
                .append(PlainText.escape(heading))
                .append("</h2>\n");
        return this;
    }

    public Page subsection(String heading) {
        body.append("<h3>").append(PlainText.escape(heading)).append("</h3>\n");
        return this;
    }

    /** Adds a paragraph. */
    public Page text(String text) {
        body.append("<p>").append(Markup.html(text)).append("</p>\n");
        return this;
    }

    /** Adds a paragraph that is set apart: what to take along. */
    public Page note(String text) {
        body.append("<p class=\"note\">").append(Markup.html(text)).append("</p>\n");
        return this;
    }

    /** Adds a list of points. */
    public Page list(String... points) {
        body.append("<ul>");
        for (String point : points) {
            body.append("<li>").append(Markup.html(point)).append("</li>");
        }
        body.append("</ul>\n");
        return this;
    }

    /** Adds formulas, a line each, in the notation of {@link Formula}. */
    public Page formula(String... lines) {
        body.append("<div class=\"formula\">");
        for (String line : lines) {
            body.append(Formula.mathml(line, true));
        }
        body.append("</div>\n");
        return this;
    }

    /** @param caption what to see in it */
    public Page figure(Figure figure, String caption) {
        figures.add(figure);
        body.append("<figure>")
                .append(inline(figure))
                .append("<figcaption>Figure ")
                .append(figures.size())
                .append(". ")
                .append(Markup.html(caption))
                .append("</figcaption></figure>\n");
        return this;
    }

    /** All figures so far, in their order. */
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** @param caption what to see in it, may be empty */
    public Page table(Table table, String caption) {
        body.append(table.html(caption)).append('\n');
        return this;
    }

    public Page tokens(TokenStrip strip) {
        body.append(strip.html()).append('\n');
        return this;
    }

    /** Names inside an SVG hold in the whole page, so each figure's get a prefix of their own. */
    private String inline(Figure figure) {
        String svg = PROLOGUE.matcher(Drawing.svg(figure)).replaceFirst("");
        svg = NAMESPACE.matcher(svg).replaceAll("");
        int tag = svg.indexOf('>');
        svg = "<svg role=\"img\" aria-label=\"" + PlainText.escape(figure.title()) + "\""
                + SIZE.matcher(svg.substring("<svg".length(), tag)).replaceAll("") + svg.substring(tag);
        return NAME.matcher(svg).replaceAll("$1f" + figures.size() + "-");
    }

    /** The page, UTF-8. */
    public String html() {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"/>")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><title>")
                .append(PlainText.escape(title))
                .append("</title><style>")
                .append(Style.CSS)
                .append("</style></head><body><main>\n<h1>")
                .append(PlainText.escape(title))
                .append("</h1>\n");
        if (sections.size() > 1) {
            html.append("<nav><ol>");
            for (int i = 0; i < sections.size(); i++) {
                html.append("<li><a href=\"#s")
                        .append(i + 1)
                        .append("\">")
                        .append(PlainText.escape(sections.get(i)))
                        .append("</a></li>");
            }
            html.append("</ol></nav>\n");
        }
        return html.append(body).append("</main></body></html>\n").toString();
    }
}
