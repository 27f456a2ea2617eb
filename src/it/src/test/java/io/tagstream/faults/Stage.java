package io.tagstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.StreamCorpus;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all trials share: the broker, the models, the table. Files and logs lie in {@code target/faults} and stay there. Closing it
 * prints the table.
 */
final class Stage implements AutoCloseable {
    private static final String SEED = "faults.seed";
    private static final String SCALE = "faults.scale";
    /** Where the table goes too: a Markdown file with its marks. */
    private static final String PAGE = "faults.page";

    private static final Path DIRECTORY = Path.of("target", "faults").toAbsolutePath();
    private static final int LINKS = 3;
    private static final int CORPUS_STREAMS = 400;
    private static final int LONGEST_NAME = 60;

    /** With which model a fault is tried. */
    enum Model {
        /** The shipped one. */
        ENGLISH,
        /** {@link ChecksumModel}. */
        CHECKSUM
    }

    /** Who assigns the partitions. */
    enum Protocol {
        /** The instances among themselves. */
        CLASSIC,
        /** The broker. */
        STREAMS
    }

    /** What a case does to the application. It leaves alive what it gives back. */
    interface Case {
        Application[] run(Trial trial) throws Exception;
    }

    private final long seed;
    private final BrokerProcess broker;
    private final Path checksum;
    private final Path otherChecksum;
    private final long begun = System.nanoTime();
    private final FaultTable table = new FaultTable();
    private final AtomicInteger trials = new AtomicInteger();

    Stage() throws IOException {
        seed = Long.getLong(SEED, System.nanoTime() & Integer.MAX_VALUE);
        say("repeat these moments by -D" + SEED + "=" + seed);
        Directories.delete(DIRECTORY);
        Files.createDirectories(DIRECTORY);
        List<String> words = words();
        checksum = Files.write(DIRECTORY.resolve("checksum.onnx"), ChecksumModel.bytes(words, 1));
        otherChecksum = Files.write(DIRECTORY.resolve("checksum-2.onnx"), ChecksumModel.bytes(words, 2));
        broker = new BrokerProcess(DIRECTORY, LINKS);
        broker.start();
    }

    BrokerProcess broker() {
        return broker;
    }

    /** The part of a whole run that this one does, 1 for all. */
    double scale() {
        return Double.parseDouble(System.getProperty(SCALE, "1"));
    }

    /** For files that several trials use. */
    Path directory() {
        return DIRECTORY;
    }

    /** The file of a model. */
    Path file(Model model) {
        return model == Model.CHECKSUM
                ? checksum
                : Path.of("src/models-en/src/main/resources/models/en.onnx").toAbsolutePath();
    }

    /** Another checksum model, of which the stored states are no use to the first. */
    Path otherChecksum() {
        return otherChecksum;
    }

    /**
     * Runs a case under the group protocol classic and compares what came out with what had to; the outcome goes into the table however the case ends.
     *
     * @param fault the row of the table
     */
    void run(String fault, Model model, Case harm) throws Exception {
        run(fault, model, Protocol.CLASSIC, harm);
    }

    /** The same under one of the group protocols; streams has rows of its own. */
    void run(String what, Model model, Protocol protocol, Case harm) throws Exception {
        String fault = protocol == Protocol.CLASSIC ? what : what + ", streams protocol";
        run(fault, model.toString(), file(model), protocol, harm);
    }

    /** The same with a model that is neither; a case may have {@link Trial#row}s of its own. */
    void run(String fault, String modelName, Path model, Case harm) throws Exception {
        run(fault, modelName, model, Protocol.CLASSIC, harm);
    }

    private void run(String fault, String modelName, Path model, Protocol protocol, Case harm) throws Exception {
        long start = System.nanoTime();
        String name = "t" + trials.incrementAndGet() + "-" + name(fault);
        long trialSeed = seed + trials.get();
        Trial.Result result;
        try (Trial trial = new Trial(this, fault, name, model, protocol, DIRECTORY.resolve(name), trialSeed)) {
            try {
                trial.finish(harm.run(trial));
            } finally {
                if (!broker.isAlive()) {
                    broker.start();
                }
                result = trial.outcome();
                for (Trial.Part part : result.parts()) {
                    table.add(part.fault(), part.times(), part.outcome());
                    say(part.fault() + ", " + modelName + ": " + part.times() + " times, " + part.outcome());
                }
                say(fault + ", " + modelName + ": " + (System.nanoTime() - start) / 1_000_000_000 + " s");
            }
        }
        assertThat(result.whole())
                .as("%s with %s, seed %s, logs in %s", fault, modelName, trialSeed, DIRECTORY.resolve(name))
                .matches(Outcome::isRight);
    }

    /** Puts something into the table that needs no trial. */
    void count(String fault, Outcome outcome) throws IOException {
        table.add(fault, 1, outcome);
    }

    /** A checksum model whose vocabulary holds these words too. */
    static byte[] checksumWith(List<String> more) {
        SortedSet<String> words = new TreeSet<>(words());
        words.addAll(more);
        return ChecksumModel.bytes(List.copyOf(words), 1);
    }

    private static String name(String fault) {
        String name = fault.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private static List<String> words() {
        Tokenizer tokenizer = Tokenizers.named(Tokenizers.UD_ENGLISH);
        SortedSet<String> words = new TreeSet<>();
        for (List<String> stream : StreamCorpus.streams(CORPUS_STREAMS)) {
            for (String line : stream) {
                for (Token token : tokenizer.tokenize(line)) {
                    words.add(token.form().toLowerCase(Locale.ROOT));
                }
            }
        }
        return List.copyOf(words);
    }

    static void say(String line) {
        System.out.println("faults: " + line);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        Directories.delete(DIRECTORY, "broker");
        String page = System.getProperty(PAGE);
        if (page != null) {
            table.writeInto(
                    Path.of(page),
                    String.format(
                            "%s, seed %d, %d minutes.",
                            LocalDate.now(ZoneOffset.UTC),
                            seed,
                            Duration.ofNanos(System.nanoTime() - begun).toMinutes()));
        }
        say("the table, also in " + FaultTable.FILE + ", by seed " + seed + ":\n" + table);
    }
}
