package io.tagstream.trial;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tagstream.text.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All findings, in a JSON file that is written again, whole or not at all, with each: where a comparison was broken off it goes on.
 * Findings under different conditions (epochs, corpora) do not belong into one table, so the file says which they hold for.
 */
public final class Findings {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final Map<String, String> conditions;
    private final List<Finding> findings;

    private record Stored(Map<String, String> conditions, List<Finding> findings) {}

    private Findings(Path file, Map<String, String> conditions, List<Finding> findings) {
        this.file = file;
        this.conditions = new LinkedHashMap<>(conditions);
        this.findings = new ArrayList<>(findings);
    }

    /**
     * Opens the file, or begins one.
     *
     * @param conditions under which this comparison measures
     * @throws UsageException if the file holds findings under others, or is no such file
     */
    public static Findings open(Path file, Map<String, String> conditions) throws IOException {
        if (!Files.exists(file)) {
            return new Findings(file, conditions, List.of());
        }
        Stored stored;
        try {
            stored = JSON.readValue(file.toFile(), Stored.class);
        } catch (JacksonException e) {
            throw new UsageException(
                    file + " holds no findings of a comparison (" + e.getOriginalMessage() + "): choose another folder",
                    e);
        }
        if (!stored.conditions().equals(conditions)) {
            throw new UsageException(file + " holds findings for " + stored.conditions() + ", but now it is "
                    + conditions + ": choose another folder, or delete the file");
        }
        return new Findings(file, conditions, stored.findings());
    }

    public Map<String, String> conditions() {
        return conditions;
    }

    /** What was found out under these very settings. */
    public Optional<Finding> find(Measure measure, String row, long seed, String settings) {
        return of(measure, row).stream()
                .filter(finding -> finding.seed() == seed && finding.settings().equals(settings))
                .findFirst();
    }

    /** All of a row, in the order of the seeds. */
    public List<Finding> of(Measure measure, String row) {
        return findings.stream()
                .filter(finding -> finding.measure() == measure && finding.row().equals(row))
                .sorted((one, other) -> Long.compare(one.seed(), other.seed()))
                .toList();
    }

    /** Over the seeds of a row. */
    public MeanAndRange over(Measure measure, String row, ToDoubleFunction<Finding> value) {
        return MeanAndRange.of(
                of(measure, row).stream().map(value::applyAsDouble).toList());
    }

    public boolean has(Measure measure) {
        return findings.stream().anyMatch(finding -> finding.measure() == measure);
    }

    /** Adds a finding in the place of one of the same row and seed, and saves all. */
    public void add(Finding finding) throws IOException {
        findings.removeIf(old ->
                old.measure() == finding.measure() && old.row().equals(finding.row()) && old.seed() == finding.seed());
        findings.add(finding);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(draft.toFile(), new Stored(conditions, findings));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
