package io.tagstream.cli;

import io.tagstream.text.TokenTags;
import io.tagstream.wire.OutgoingSentence;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** Shows tagged sentences as they come, each stream in a colour of its own. */
final class DemoView {
    private static final int[] COLORS = {36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91};
    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final int NAME_WIDTH = 16;

    private final boolean colored;
    private final PrintStream out = System.out;
    private final Map<String, Integer> colors = new HashMap<>();

    DemoView(boolean colored) {
        this.colored = colored;
    }

    void show(String stream, OutgoingSentence sentence) {
        StringBuilder line = new StringBuilder();
        int color = colors.computeIfAbsent(stream, any -> COLORS[colors.size() % COLORS.length]);
        paint(line, "\u001b[" + color + "m" + BOLD, pad(stream));
        for (TokenTags token : sentence.tokens()) {
            line.append(' ');
            paint(line, "\u001b[" + color + "m", token.token().form());
            paint(line, DIM, "/" + token.tag());
        }
        out.println(line);
    }

    void showDeadLetter(String stream, String cause) {
        StringBuilder line = new StringBuilder();
        paint(line, "\u001b[41m", pad(stream));
        out.println(line.append(" dead letter: ").append(cause));
    }

    void say(String sentence) {
        out.println(colored ? BOLD + sentence + RESET : sentence);
    }

    private static String pad(String stream) {
        // A control character in a name must not steer the terminal.
        String name = stream.replaceAll("\\p{Cntrl}", "?");
        return name.length() >= NAME_WIDTH ? name : name + " ".repeat(NAME_WIDTH - name.length());
    }

    private void paint(StringBuilder line, String style, String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        if (colored) {
            line.append(style).append(shown).append(RESET);
        } else {
            line.append(shown);
        }
    }
}
