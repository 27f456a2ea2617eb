package io.tagstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.json.RecordFields;
import io.tagstream.option.EnumNames;
import io.tagstream.option.LayeredSettings;
import io.tagstream.settings.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of settings says what the code does: its table is made from the options. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/settings.md");
    private static final String BEGIN = "<!-- tagstream:settings -->\n";
    private static final String END = "<!-- /tagstream:settings -->\n";
    /** Set to true, the test writes the page instead. */
    private static final String WRITE = "tagstream.pages.write";

    private static final Set<String> EVERYWHERE = Set.of("--help", "--version", "--stacktrace");
    private static final Pattern DEFAULT = Pattern.compile("\\s*\\(default: ([^)]*)\\)");

    @Test
    void shouldShowEverySettingAsTheCodeHasIt() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(page).contains(BEGIN, END);
        String table = table();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("%s is not what the code says: run this test with -D%s=true, which writes it", PAGE, WRITE)
                .isEqualTo(table);
    }

    /** Those that no single constant holds, because they depend on other settings. */
    @Test
    void shouldNameTheDefaultsThatFollowFromOthers() {
        StreamSettings settings = StreamSettings.builder("localhost:1").build();
        assertThat(value("--output-format")).startsWith(EnumNames.typed(settings.outputFormat()) + ";");
        assertThat(value("--memory")).startsWith(EnumNames.typed(settings.memory()) + ";");
        assertThat(value("--start-timeout")).startsWith("0,");
        assertThat(settings.startTimeout()).isZero();
        assertThat(value("--tags-field")).isEqualTo(RecordFields.DEFAULT_TAGS.toString());
        assertThat(value("--application-id").replace("INPUT", settings.topics().input()))
                .isEqualTo(settings.applicationId());
    }

    private static String value(String flag) {
        OptionSpec option =
                Objects.requireNonNull(spec(CommandTree.root(), "run").findOption(flag));
        Matcher found = DEFAULT.matcher(String.join(" ", option.description()));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static CommandSpec spec(CommandLine root, String command) {
        return Objects.requireNonNull(root.getSubcommands().get(command)).getCommandSpec();
    }

    private static String table() {
        CommandLine root = CommandTree.root();
        Map<String, OptionSpec> options = new LinkedHashMap<>();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (String command : LayeredSettings.COMMANDS) {
            for (OptionSpec option : spec(root, command).options()) {
                if (!EVERYWHERE.contains(option.longestName())) {
                    options.putIfAbsent(option.longestName(), option);
                    commands.computeIfAbsent(option.longestName(), name -> new ArrayList<>())
                            .add(command);
                }
            }
        }
        StringBuilder table = new StringBuilder(
                "| flag | environment | file | default | meaning | commands |\n|---|---|---|---|---|---|\n");
        options.forEach((name, option) -> table.append(row(option, commands.getOrDefault(name, List.of()))));
        return table.toString();
    }

    private static String row(OptionSpec option, List<String> commands) {
        String description = String.join(" ", option.description());
        Matcher found = DEFAULT.matcher(description);
        String value = found.find() ? found.group(1) : "";
        String label = option.typeInfo().isBoolean() ? "" : " " + option.paramLabel();
        return "| " + code(option.longestName() + label) + " | " + code(LayeredSettings.variable(option)) + " | "
                + code(LayeredSettings.key(option)) + " | " + escaped(value) + " | "
                + escaped(found.reset().replaceFirst("")) + " | " + String.join(", ", commands) + " |\n";
    }

    private static String code(@Nullable String text) {
        return text == null ? "" : "`" + escaped(text) + "`";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
