package io.tagstream.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Shows the options of {@code train} in sections; those that no section names come last. */
final class TrainSections {
    static final String OTHERS = "Other options";

    private static final Map<String, List<String>> SECTIONS = sections();

    private TrainSections() {}

    private static Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put(
                "Corpora and model file",
                List.of("--out", "--train", "--dev", "--layer", "--silver", "--silver-share", "--vectors"));
        sections.put(
                "What the model file says",
                List.of("--name", "--language", "--tokenizer", "--precision", "--data-note", "--licence", "--date"));
        sections.put(
                "The network",
                List.of(
                        "--cell",
                        "--layers",
                        "--hidden",
                        "--bidirectional",
                        "--backward",
                        "--look-ahead",
                        "--window",
                        "--words",
                        "--affixes",
                        "--affix-width"));
        sections.put(
                "Learning",
                List.of(
                        "--epochs",
                        "--seed",
                        "--streams",
                        "--no-carry",
                        "--optimizer",
                        "--learning-rate",
                        "--dropout",
                        "--word-dropout",
                        "--lowercase-share",
                        "--lower-names-share",
                        "--name-swap",
                        "--distil",
                        "--distilling"));
        sections.put("The run", List.of("--resume", "--report", "--no-report"));
        return sections;
    }

    /** Lets the help of the command show them. */
    static void show(CommandLine train) {
        train.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, TrainSections::render);
    }

    private static String render(Help help) {
        List<OptionSpec> others = new ArrayList<>(help.commandSpec().options());
        others.removeIf(OptionSpec::hidden);
        StringBuilder text = new StringBuilder();
        SECTIONS.forEach((heading, names) -> {
            List<OptionSpec> options = new ArrayList<>();
            for (String name : names) {
                OptionSpec option = help.commandSpec().findOption(name);
                if (option != null && others.remove(option)) {
                    options.add(option);
                }
            }
            text.append(section(help, heading, options));
        });
        return text.append(section(help, OTHERS, others)).toString();
    }

    private static String section(Help help, String heading, List<OptionSpec> options) {
        if (options.isEmpty()) {
            return "";
        }
        Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addOptions(options, help.parameterLabelRenderer());
        return System.lineSeparator() + heading + ":" + System.lineSeparator() + layout;
    }

    /** The names that stand in a section. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        SECTIONS.values().forEach(names::addAll);
        return names;
    }
}
