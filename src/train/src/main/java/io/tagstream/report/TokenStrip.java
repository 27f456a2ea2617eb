package io.tagstream.report;

import io.tagstream.text.TokenTags;
import java.util.List;
import java.util.Locale;

/** A tagged sentence, each token over its tag and how sure the model is of it. */
public final class TokenStrip {
    private static final int FULL_CIRCLE = 360;
    private static final int STEP = 47;
    private static final double PERCENT = 100;

    private final List<TokenTags> tokens;

    public TokenStrip(List<TokenTags> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    String html() {
        StringBuilder html = new StringBuilder("<p class=\"tokens\">");
        for (TokenTags token : tokens) {
            html.append("<span class=\"token\" style=\"border-color:")
                    .append(colour(token.tag()))
                    .append("\"><b>")
                    .append(PlainText.escape(token.token().form()))
                    .append("</b><i>")
                    .append(PlainText.escape(token.tag()))
                    .append("</i><small>")
                    .append(String.format(Locale.ROOT, "%.1f %%", PERCENT * token.score()))
                    .append("</small></span> ");
        }
        return html.append("</p>").toString();
    }

    /** A tag has its colour on every page. */
    private static String colour(String tag) {
        return "hsl(" + Math.floorMod(tag.hashCode() * STEP, FULL_CIRCLE) + ",60%,55%)";
    }
}
