package io.tagstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.fixture.Console;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.option.EnumNames;
import io.tagstream.option.FieldOptions;
import io.tagstream.option.LayeredSettings;
import io.tagstream.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FieldOptionsTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldTagNoFieldsUnlessToldTo() {
        assertThat(parse(Map.of()).fields()).isNull();
    }

    @Test
    void shouldKeepTheOrderInWhichTextsAndTokensAreGiven() {
        RecordFields fields = Objects.requireNonNull(parse(
                        Map.of(),
                        "--text-field",
                        "/b",
                        "--tokens-field=/words",
                        "--text-field",
                        "/a,/x y/,z",
                        "--tokens-field",
                        "/0")
                .fields());
        assertThat(fields.texts())
                .extracting(field -> field.kind() + " " + field.pointer())
                .containsExactly("TEXT /b", "TOKENS /words", "TEXT /a", "TEXT /x y/,z", "TOKENS /0");
        assertThat(fields.tags()).hasToString("/tagstream");
        assertThat(fields.missing()).isEqualTo(MissingText.DEAD_LETTER);
    }

    @Test
    void shouldTakeSeveralFieldsFromTheFileAndTheEnvironment() throws IOException {
        Path file = Files.writeString(
                directory.resolve("tagstream.properties"),
                "text-field=/title,/body\ntags-field=/nlp/tags\nmissing-text=pass\n");
        RecordFields fromFile = Objects.requireNonNull(
                parse(Map.of(), "--config", file.toString()).fields());
        assertThat(fromFile.texts())
                .extracting(field -> field.pointer().toString())
                .containsExactly("/title", "/body");
        assertThat(fromFile.tags()).hasToString("/nlp/tags");
        assertThat(fromFile.missing()).isEqualTo(MissingText.PASS);

        RecordFields fromEnvironment =
                Objects.requireNonNull(parse(Map.of("TAGSTREAM_TEXT_FIELD", "/a,/b", "TAGSTREAM_TOKENS_FIELD", "/c"))
                        .fields());
        assertThat(fromEnvironment.texts())
                .extracting(field -> field.kind() + " " + field.pointer())
                .containsExactly("TEXT /a", "TEXT /b", "TOKENS /c");

        RecordFields fromFlags =
                Objects.requireNonNull(parse(Map.of("TAGSTREAM_TEXT_FIELD", "/a,/b"), "--text-field", "/flag")
                        .fields());
        assertThat(fromFlags.texts())
                .extracting(field -> field.pointer().toString())
                .containsExactly("/flag");
    }

    @Test
    void shouldRefuseWhatNeedsAFieldToTag() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Map.of(), "--tags-field", "/x").fields())
                .withMessageContaining("--tags-field needs a field to tag");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Map.of(), "--missing-text", "pass").fields())
                .withMessageContaining("--missing-text needs a field to tag");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--text-field text|--text-field|'text' is not a JSON pointer to a field: write /user",
                "--text-field ``|--text-field|'' is not a JSON pointer to a field",
                "--tokens-field /a~2|--tokens-field|'/a~2' is not a JSON pointer",
                "--text-field /a --tags-field tags|--tags-field|'tags' is not a JSON pointer",
                "--text-field /a --tags-field ``|--tags-field|'' is not a JSON pointer",
                "--text-field /a --missing-text drop|--missing-text|dead-letter, pass",
                "--text-field /a --tags-field /a/tags|--tags-field|/a/tags",
                "--text-field /a --text-field /a|/a|is to be tagged twice",
                "--text-field /a --tokens-field /a/0|/a/0|one is inside the other",
                "--text-field /a --emit token|--text-field|leave out --emit token",
                "--text-field /a --output-format avro|--text-field|--output-format json",
                "--text-field /a --input-format text|--text-field|--input-format json",
                "--text-field /a --include-text|--text-field|leave out --include-text",
            })
    void shouldRefuseAtTheStartInOneSentence(String options, String option, String sentence) {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--bootstrap-servers", "localhost:1", "--input-format", "json"));
        for (String word : options.split(" ", -1)) {
            if (word.equals("--input-format")) {
                arguments.subList(3, 5).clear();
            }
            arguments.add(word.equals("``") ? "" : word);
        }
        Console console = Console.capture(() -> Main.run(arguments.toArray(String[]::new)));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains(option).contains(sentence);
    }

    private static FieldOptions parse(Map<String, String> environment, String... arguments) {
        RunCommand run = new RunCommand();
        CommandLine line = new CommandLine(run);
        EnumNames.register(line);
        LayeredSettings settings = LayeredSettings.of(arguments, environment);
        line.getCommandSpec().options().forEach(option -> settings.knowing(List.of(option)));
        line.setDefaultValueProvider(settings);
        List<String> all = new ArrayList<>(List.of("--bootstrap-servers", "localhost:1"));
        all.addAll(List.of(arguments));
        line.parseArgs(all.toArray(String[]::new));
        return run.fields;
    }
}
