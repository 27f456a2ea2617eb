package io.tagstream.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What standard output can show.
 *
 * @param colored whether it understands colours and they are wanted
 * @param width of a line, in cells
 */
record Terminal(boolean colored, int width) {
    /** Where there is no terminal, or it does not say. */
    static final int DEFAULT_WIDTH = 80;

    private static final int NARROWEST = 40;
    private static final int WIDEST = 1000;

    /** @param color what a flag says, null where there is none */
    static Terminal of(@Nullable Boolean color) {
        return of(System.getenv(), color, isStandardOutput());
    }

    /** Asked of the shell, because {@code System.console()} needs standard input to be a terminal too, and from Java 22 on is always there. */
    private static boolean isStandardOutput() {
        try {
            return new ProcessBuilder("sh", "-c", "test -t 1")
                            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Colours: flag > {@code NO_COLOR} > {@code CLICOLOR_FORCE} > whether it is a terminal. Width: {@code COLUMNS} > the terminal's > 80. */
    static Terminal of(Map<String, String> environment, @Nullable Boolean color, boolean isTerminal) {
        return new Terminal(color != null ? color : colors(environment, isTerminal), width(environment, isTerminal));
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

    private static int width(Map<String, String> environment, boolean isTerminal) {
        String columns = environment.getOrDefault("COLUMNS", "");
        int width;
        if (columns.matches("[1-9][0-9]{0,5}")) {
            width = Integer.parseInt(columns);
        } else if (isTerminal) {
            // picocli asks the terminal, for its own help.
            width = CommandSpec.create()
                    .usageMessage()
                    .width(DEFAULT_WIDTH)
                    .autoWidth(true)
                    .width();
        } else {
            width = DEFAULT_WIDTH;
        }
        return Math.max(NARROWEST, Math.min(WIDEST, width));
    }
}
