package io.tagstream.train;

import io.tagstream.eval.Evaluation;
import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainReport;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows training on a terminal: a bar with the time left, a line an epoch, a summary. */
public final class ProgressBarListener implements TrainListener, AutoCloseable {
    private static final int UPDATE_MILLIS = 500;
    private static final int WIDTH = 79;
    private static final int MARGIN = 1;
    private static final double MEGABYTE = 1e6;
    private static final double PERCENT = 100;

    private final PrintStream out;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    /** Clears the bar's line; empty where there is no bar. */
    private String clear = "";

    /**
     * @param out standard error, so that standard output carries results alone
     * @param terminal whether somebody looks at it; a log file gets the lines without the bar
     */
    public ProgressBarListener(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void started(RunSize size) {
        line("%,d sentences, %,d tokens", size.sentences(), size.tokens());
        if (size.silverTokens() > 0) {
            line("%,d sentences, %,d tokens labelled by a machine", size.silverSentences(), size.silverTokens());
        }
        line("%,d words in the vocabulary", size.words());
        if (!terminal) {
            return;
        }
        int width = width();
        clear = "\r" + " ".repeat(width) + "\r";
        bar = new ProgressBarBuilder()
                .setTaskName("Training")
                .setInitialMax(size.shown())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ClearedBar(out, width, clear))
                .build();
    }

    /**
     * The width of the terminal. The bar's library would ask its own terminal library, which puts the signals back as they were before
     * the command took them: Ctrl-C would then end the process with nothing saved.
     */
    private static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream said = stty.getInputStream()) {
                String[] size = new String(said.readAllBytes(), StandardCharsets.US_ASCII)
                        .strip()
                        .split(" ", -1);
                int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
                return columns > MARGIN ? columns - MARGIN : WIDTH;
            }
        } catch (IOException | NumberFormatException e) {
            return WIDTH; // no such command, or no terminal
        }
    }

    @Override
    public void resumed(List<EpochReport> before) {
        line("going on after these:");
        before.forEach(this::line);
    }

    @Override
    public void advanced(long done, double loss) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f", loss));
        }
    }

    @Override
    public void epochEnded(EpochReport report) {
        line(report);
    }

    private void line(EpochReport report) {
        String which = report.isWhole()
                ? "epoch " + report.epoch()
                : String.format(
                        Locale.ROOT, "stopped in epoch %d after %.0f %%", report.epoch(), PERCENT * report.share());
        line(
                "%s: loss %.4f, dev %s, %.1f s%s",
                which,
                report.loss(),
                percentages(report.devAccuracy()),
                report.seconds(),
                report.best() ? ", best so far" : "");
    }

    @Override
    public void stopped() {
        close();
        line("saving the best so far");
    }

    @Override
    public void saved(TrainReport report) {
        close();
        line(
                "fp32 export agrees with the trainer within %.1e; dev %s",
                report.largestDifference(), percentages(report.fp32().accuracy()));
        Evaluation saved = report.saved();
        line(
                "%s: %.1f MB, epoch %d, dev %s, %,.0f tokens a CPU second",
                report.file(),
                report.bytes() / MEGABYTE,
                report.epoch(),
                percentages(saved.accuracy()),
                saved.tokensPerCpuSecond());
    }

    private static String percentages(Map<String, Double> accuracy) {
        return accuracy.entrySet().stream()
                .map(layer -> String.format(Locale.ROOT, "%s %.2f %%", layer.getKey(), layer.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void line(String format, Object... values) {
        // In one call: the bar draws itself from a thread of its own.
        out.print(clear + String.format(Locale.ROOT, format, values) + System.lineSeparator());
        out.flush();
    }

    /** The library's leaves the bar on its line when it closes. */
    private static final class ClearedBar extends ConsoleProgressBarConsumer {
        private final PrintStream out;
        private final String clear;

        ClearedBar(PrintStream out, int width, String clear) {
            super(out, width);
            this.out = out;
            this.clear = clear;
        }

        @Override
        public void close() {
            out.print(clear);
            out.flush();
        }
    }

    /** Takes the bar off the terminal; also called by {@link #saved}. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            clear = "";
        }
    }
}
