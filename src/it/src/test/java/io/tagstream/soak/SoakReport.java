package io.tagstream.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The samples of a run and what they say: printed, and written to {@code target/soak.json}. */
final class SoakReport {
    private static final Path FILE = Path.of("target", "soak.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ProcessProbe.Sample> samples = new ArrayList<>();

    void add(ProcessProbe.Sample sample) {
        samples.add(sample);
    }

    /**
     * Memory may grow by a tenth: caches fill, and what malloc once took from the system it keeps. RocksDB opens and closes files
     * as it compacts. Threads have no reason to be more.
     */
    List<Trend> trends() {
        return List.of(
                trend("heap after collection, MiB", ProcessProbe.Sample::heap, 8, 0.1),
                trend("resident memory, MiB", ProcessProbe.Sample::rss, 16, 0.1),
                trend("RocksDB memory, MiB", ProcessProbe.Sample::rocksDb, 16, 0.1),
                trend("threads", ProcessProbe.Sample::threads, 1, 0),
                trend("file handles", ProcessProbe.Sample::files, 10, 0.05));
    }

    private Trend trend(String name, ToDoubleFunction<ProcessProbe.Sample> figure, double allowed, double share) {
        double[] values = samples.stream().mapToDouble(figure).toArray();
        Trend trend = new Trend(name, values, allowed);
        return new Trend(name, values, allowed + share * trend.windows()[0]);
    }

    /** The run's own counts come first. */
    void write(ObjectNode counts) throws IOException {
        ObjectNode report = counts.deepCopy();
        for (Trend trend : trends()) {
            ObjectNode node = report.putObject(trend.name());
            for (double window : trend.windows()) {
                node.withArray("windows").add(rounded(window));
            }
            node.put("largest", rounded(trend.largest()));
            node.put("growth", rounded(trend.growth()));
            node.put("allowed", rounded(trend.allowed()));
            node.put("flat", trend.isFlat());
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %s, growth %.1f of %.1f allowed%n",
                    trend.name(),
                    node.get("windows"),
                    trend.growth(),
                    trend.allowed());
        }
        Files.writeString(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
