package io.tagstream.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What standard output can show.
 *
 * @param colored whether it understands colours and they are wanted
 * @param width of a line, in cells
 */
public record Terminal(boolean colored, int width) {
    /** Where there is no terminal, or it does not say. */
    static final int DEFAULT_WIDTH = 80;

    /** The width where there is no terminal. */
    static final int NONE = 0;

    private static final int NARROWEST = 40;
    private static final int WIDEST = 1000;

    /** @param color what a flag says, null where there is none */
    public static Terminal of(@Nullable Boolean color) {
        return of(System.getenv(), color, ask());
    }

    /**
     * Colours: flag > {@code NO_COLOR} > {@code CLICOLOR_FORCE} > whether it is a terminal. Width: {@code COLUMNS} > the terminal's > 80.
     *
     * @param asked the terminal's width, {@link #NONE} where there is no terminal
     */
    static Terminal of(Map<String, String> environment, @Nullable Boolean color, int asked) {
        return new Terminal(color != null ? color : colors(environment, asked != NONE), width(environment, asked));
    }

    /**
     * Asks the shell, because {@code System.console()} needs standard input to be a terminal too, and from Java 22 on is always there. The
     * answer comes by standard error: standard output is what is asked about.
     */
    private static int ask() {
        try {
            Process shell = new ProcessBuilder("sh", "-c", "test -t 1 || exit 1; stty size <&1 >&2 || exit 0")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(shell.getErrorStream().readAllBytes(), US_ASCII).strip();
            if (shell.waitFor() != 0) {
                return NONE;
            }
            return answer.matches("[0-9]+ [1-9][0-9]{0,5}")
                    ? Integer.parseInt(answer.substring(answer.indexOf(' ') + 1))
                    : DEFAULT_WIDTH;
        } catch (IOException e) {
            return NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NONE;
        }
    }

    private static boolean colors(Map<String, String> environment, boolean isTerminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!forced.isEmpty() && !forced.equals("0")) {
            return true;
        }
        return isTerminal && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    private static int width(Map<String, String> environment, int asked) {
        String columns = environment.getOrDefault("COLUMNS", "");
        int width =
                columns.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(columns) : asked != NONE ? asked : DEFAULT_WIDTH;
        return Math.max(NARROWEST, Math.min(WIDEST, width));
    }
}
