package io.tagstream.demo;

import io.tagstream.terminal.CellWidth;
import io.tagstream.terminal.TagColors;
import io.tagstream.terminal.Terminal;
import io.tagstream.terminal.TextLayout;
import io.tagstream.terminal.TextLayout.Span;
import io.tagstream.text.TokenTags;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;

/** Shows tagged sentences as they come: the stream's name in a column, then each word with its tag, in the tag's colour. */
final class DemoView {
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String WARNING = "\u001b[1;97;41m";
    private static final int WIDEST_NAME = 16;
    private static final int NARROWEST_NAME = 7;

    private final Terminal terminal;
    private final PrintStream out = System.out;
    /** Where sentences start. */
    private final int indent;

    private TagColors colors = new TagColors(List.of());

    /** @param streams the names that are going to be shown */
    DemoView(Terminal terminal, Collection<String> streams) {
        this.terminal = terminal;
        int widest = streams.stream()
                .mapToInt(name -> CellWidth.of(CellWidth.safe(name)))
                .max()
                .orElse(0);
        int most = Math.min(WIDEST_NAME, Math.max(NARROWEST_NAME, terminal.width() / 4));
        this.indent = Math.max(NARROWEST_NAME, Math.min(most, widest)) + 2;
    }

    /** The tags of the model and their colours. */
    void legend(List<String> tags) {
        colors = new TagColors(tags);
        TextLayout layout = layout().head("Tags", BOLD);
        int left = tags.size();
        for (String tag : tags) {
            layout.piece(new Span(TagColors.explained(tag), colors.style(tag)), new Span(--left > 0 ? "," : "", ""));
        }
        print(layout);
    }

    void show(String stream, List<TokenTags> tokens) {
        TextLayout layout = layout().head(stream, BOLD);
        if (tokens.isEmpty()) {
            layout.words("(an empty sentence: no tokens)", DIM);
        }
        for (TokenTags token : tokens) {
            String style = colors.style(token.tag());
            layout.piece(new Span(token.token().form(), style), new Span("/" + token.tag(), DIM + style));
        }
        print(layout);
    }

    void showDeadLetter(String stream, String cause) {
        print(layout().head(stream, BOLD)
                .piece(new Span("DEAD LETTER", WARNING))
                .words(cause, ""));
    }

    /** A line of the view's own, with or without a head. */
    void say(String head, String sentence) {
        print(layout().head(head, BOLD).words(sentence, ""));
    }

    void say(String sentence) {
        print(new TextLayout(0, terminal.width(), terminal.colored()).words(sentence, BOLD));
    }

    /** A line that is not wrapped. */
    void sayWhole(String line) {
        out.println(terminal.colored() ? BOLD + line + "\u001b[0m" : line);
    }

    /** Whether nobody reads any more, because a pipe was closed. */
    boolean isUnread() {
        return out.checkError();
    }

    private TextLayout layout() {
        return new TextLayout(indent, terminal.width(), terminal.colored());
    }

    private void print(TextLayout layout) {
        out.println(layout);
    }
}
