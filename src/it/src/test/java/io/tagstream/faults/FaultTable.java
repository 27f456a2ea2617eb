package io.tagstream.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What each fault did: one row a fault, written to {@code target/faults.json} after every case, so that it is there whatever comes
 * next. For any thread.
 */
final class FaultTable {
    static final Path FILE = Path.of("target", "faults.json");

    private static final String BEGIN = "<!-- faults -->";
    private static final String END = "<!-- /faults -->";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * A row, in the words of the issue.
     *
     * @param fault what was done
     * @param times how often
     * @param in input records: {@code out} and {@code dead} together, but for tombstones, and {@code gone}
     * @param gone what was removed or skipped before it was read
     */
    record Row(String fault, int times, int in, int out, int dead, int gone, int lost, int doubled, int differ) {
        Row plus(int moreTimes, Outcome outcome) {
            return new Row(
                    fault,
                    times + moreTimes,
                    in + outcome.in(),
                    out + outcome.out(),
                    dead + outcome.dead(),
                    gone + outcome.gone(),
                    lost + outcome.lost(),
                    doubled + outcome.doubled(),
                    differ + outcome.differ());
        }
    }

    private final List<Row> rows = new ArrayList<>();

    /** Counts a case in; cases of the same fault, as with another model, share a row. */
    synchronized void add(String fault, int times, Outcome outcome) throws IOException {
        int at = 0;
        while (at < rows.size() && !rows.get(at).fault().equals(fault)) {
            at++;
        }
        if (at == rows.size()) {
            rows.add(new Row(fault, 0, 0, 0, 0, 0, 0, 0, 0));
        }
        rows.set(at, rows.get(at).plus(times, outcome));
        Files.createDirectories(FILE.toAbsolutePath().getParent());
        Path next = FILE.resolveSibling("faults.json.next");
        Files.writeString(next, JSON.writeValueAsString(rows) + "\n");
        Files.move(next, FILE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public synchronized String toString() {
        int width = rows.stream().mapToInt(row -> row.fault().length()).max().orElse(5);
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                "%-" + width + "s %6s %8s %8s %6s %6s %6s %8s %7s%n",
                "fault",
                "times",
                "in",
                "out",
                "dead",
                "gone",
                "lost",
                "doubled",
                "differ"));
        for (Row row : rows) {
            table.append(String.format(
                    "%-" + width + "s %6d %8d %8d %6d %6d %6d %8d %7d%n",
                    row.fault(),
                    row.times(),
                    row.in(),
                    row.out(),
                    row.dead(),
                    row.gone(),
                    row.lost(),
                    row.doubled(),
                    row.differ()));
        }
        return table.toString();
    }

    /**
     * Replaces what a Markdown file has between its marks for this table.
     *
     * @param run what to say of the run, a line
     */
    synchronized void writeInto(Path page, String run) throws IOException {
        StringBuilder table = new StringBuilder(BEGIN + "\n" + run + "\n\n");
        table.append(
                "| fault | times | in | out | dead | gone | lost | doubled | differ |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Row row : rows) {
            table.append(String.format(
                    "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d |\n",
                    row.fault(),
                    row.times(),
                    row.in(),
                    row.out(),
                    row.dead(),
                    row.gone(),
                    row.lost(),
                    row.doubled(),
                    row.differ()));
        }
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(page + " lacks the lines " + BEGIN + " and " + END);
        }
        Files.writeString(page, text.substring(0, from) + table + text.substring(to));
    }
}
