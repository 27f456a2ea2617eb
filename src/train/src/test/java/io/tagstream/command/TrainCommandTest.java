package io.tagstream.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tagstream.cli.Main;
import io.tagstream.fixture.Console;
import io.tagstream.infer.TaggerModel;
import io.tagstream.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final String[] SERVICES = {"disk", "network", "login", "backup"};
    private static final String[] EVENTS = {"full", "slow", "failed", "restarted"};

    @TempDir
    private Path folder;

    /** The fields of log lines: what a user has who labels no parts of speech. */
    @Test
    void shouldLearnTheLabelsOfAFileOfColumns() throws IOException {
        Path train = Files.writeString(folder.resolve("train.tsv"), logLines(60, 1));
        Path dev = Files.writeString(folder.resolve("dev.tsv"), logLines(20, 2));
        Path model = folder.resolve("fields.onnx");

        Console trained = train(
                "--train",
                train.toString(),
                "--dev",
                dev.toString(),
                "--layer",
                "field",
                "--tokenizer",
                "whitespace",
                "--out",
                model.toString());

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("dev field ");
        Console evaluated = Console.capture(
                () -> Main.run("evaluate", "--corpus", dev.toString(), "--model", model.toString(), "--json"));
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        JsonNode scores = new ObjectMapper().readTree(evaluated.out());
        assertThat(scores.get("field_accuracy").asDouble()).isGreaterThan(95);
        assertThat(scores.get("known_words").asText()).isEqualTo("the model's vocabulary");
        Console tagged = Console.capture(
                "12:30:59 ERROR disk failed".getBytes(UTF_8), () -> Main.run("tag", "--model", model.toString()));
        assertThat(tagged.out().lines().map(line -> line.split("\t", -1)[1]))
                .containsExactly("time", "level", "service", "event");
    }

    @Test
    void shouldLearnTheLayersThatItIsToldTheFirstBeingTheTag() throws IOException {
        Path corpus = Path.of("src/it/src/test/resources/corpus/mini.conllu");
        Path model = folder.resolve("xpos.onnx");

        Console trained = train(
                "--train",
                corpus.toString(),
                "--dev",
                corpus.toString(),
                "--layer",
                "xpos,space=misc.SpaceAfter",
                "--out",
                model.toString());

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        Console evaluated = Console.capture(() -> Main.run(
                "evaluate",
                "--corpus",
                corpus.toString(),
                "--model",
                model.toString(),
                "--layer",
                "space=misc.SpaceAfter",
                "--json"));
        JsonNode scores = new ObjectMapper().readTree(evaluated.out());
        assertThat(scores.get("xpos_accuracy").asDouble()).isGreaterThan(50);
        assertThat(scores.get("space_accuracy").asDouble()).isGreaterThan(80);
        assertThat(scores.get("upos_accuracy")).isNull();
    }

    @Test
    void shouldNameFileAndLineOfWhatItCannotRead() throws IOException {
        Path good = Files.writeString(folder.resolve("good.tsv"), logLines(3, 1));
        Path bad = Files.writeString(folder.resolve("bad.tsv"), "disk\tservice\n\nfull\n");

        Console refused = train("--train", good.toString(), "--dev", bad.toString(), "--out", out());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.err()).contains("bad.tsv, line 3");
    }

    @Test
    void shouldSayWhichLayerIsMissingAndWhere() throws IOException {
        Path corpus = Files.writeString(folder.resolve("bare.conllu"), "1\tHi\t_\tINTJ\t_\t_\t_\t_\t_\t_\n\n");
        for (String layer : List.of("xpos", "misc.Entity", "e=misc.Entity")) {
            Console refused =
                    train("--train", corpus.toString(), "--dev", corpus.toString(), "--layer", layer, "--out", out());

            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).contains("bare.conllu", layer.substring(layer.indexOf('=') + 1));
        }
        Console strange =
                train("--train", corpus.toString(), "--dev", corpus.toString(), "--layer", "misc.A.b", "--out", out());
        assertThat(strange.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(strange.err()).contains("a label layer cannot be named 'A.b'");
    }

    @Test
    void shouldNameTheModelAfterItsFileAndReadBothWays() throws IOException {
        Path corpus = Files.writeString(folder.resolve("train.tsv"), logLines(10, 1));
        Path model = folder.resolve("two-way.onnx");

        Console trained = train(
                "--train", corpus.toString(), "--dev", corpus.toString(), "--bidirectional", "--out", model.toString());

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        try (TaggerModel opened = TaggerModel.open(model)) {
            assertThat(opened.contract().name()).isEqualTo("two-way");
            assertThat(opened.contract().backwardHidden()).isEqualTo(16);
        }
        assertThat(train(
                                "--bidirectional",
                                "--backward",
                                "0",
                                "--train",
                                corpus.toString(),
                                "--dev",
                                corpus.toString(),
                                "--out",
                                out())
                        .err())
                .contains("--bidirectional and --backward 0 contradict each other");
    }

    @Test
    void shouldRefuseAnUnknownTokenizerBeforeItTrains() throws IOException {
        Path corpus = Files.writeString(folder.resolve("train.tsv"), logLines(10, 1));

        Console refused =
                train("--train", corpus.toString(), "--dev", corpus.toString(), "--tokenizer", "space", "--out", out());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .isEqualToIgnoringNewLines("tagstream: there is no tokenizer 'space': use ud-english or whitespace");
    }

    @Test
    void shouldRefuseVectorsThatAreNotFinite() throws IOException {
        Path corpus = Files.writeString(folder.resolve("train.tsv"), logLines(10, 1));
        Path vectors = Files.writeString(folder.resolve("vectors.txt"), "disk 1 2\nERROR NaN 1\n");

        Console refused = train(
                "--train",
                corpus.toString(),
                "--dev",
                corpus.toString(),
                "--vectors",
                vectors.toString(),
                "--out",
                out());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("vectors.txt: line 2 has 'NaN'");
    }

    @Test
    void shouldNotGoOnWithWhatIsNotThere() throws IOException {
        Path corpus = Files.writeString(folder.resolve("train.tsv"), logLines(10, 1));

        Console refused = train("--train", corpus.toString(), "--dev", corpus.toString(), "--resume", "--out", out());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("there is no checkpoint", "never.onnx.checkpoint");
    }

    private String out() {
        return folder.resolve("never.onnx").toString();
    }

    private static Console train(String... flags) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--hidden",
                "16",
                "--affix-width",
                "4",
                "--epochs",
                "25",
                "--learning-rate",
                "0.02",
                "--no-report",
                "--dropout",
                "0.1"));
        arguments.addAll(List.of(flags));
        return Console.capture(() -> Main.run(arguments.toArray(String[]::new)));
    }

    private static String logLines(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(i % 5 == 0 ? "# newdoc\n" : "")
                    .append(String.format(
                            Locale.ROOT,
                            "%02d:%02d:%02d\ttime\n%s\tlevel\n%s\tservice\n%s\tevent\n\n",
                            random.nextInt(24),
                            random.nextInt(60),
                            random.nextInt(60),
                            random.nextBoolean() ? "ERROR" : "WARN",
                            SERVICES[random.nextInt(SERVICES.length)],
                            EVENTS[random.nextInt(EVENTS.length)]));
        }
        return lines.toString();
    }
}
