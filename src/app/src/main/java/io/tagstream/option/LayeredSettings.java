package io.tagstream.option;

import io.tagstream.terminal.CommandException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The layers under the flags of {@code run}, {@code topics} and {@code reset}. Later ones win:
 *
 * <ol>
 *   <li>the defaults in the code
 *   <li>the file of {@code --config} (or {@code TAGSTREAM_CONFIG}), a properties file: {@code bootstrap-servers=...} for a flag,
 *       {@code kafka.PROPERTY=...} for a Kafka property; a switch may be named without a value
 *   <li>the environment: {@code TAGSTREAM_BOOTSTRAP_SERVERS} for a flag, {@code TAGSTREAM_KAFKA_MAX_POLL_RECORDS} for the Kafka property
 *       {@code max.poll.records}; an empty variable is none
 *   <li>the flags: {@code --bootstrap-servers}, {@code --kafka PROPERTY=VALUE}
 * </ol>
 */
public final class LayeredSettings implements IDefaultValueProvider {
    /** The commands that are set this way. */
    public static final List<String> COMMANDS = List.of("run", "topics", "reset");

    private static final String PREFIX = "TAGSTREAM_";
    private static final String KAFKA_VARIABLE = "TAGSTREAM_KAFKA_";
    private static final String KAFKA_KEY = "kafka.";
    private static final String CONFIG = "--config";
    private static final String CONFIG_NAME = "config";
    private static final String KAFKA_NAME = "kafka";
    /** Empty it switches the check of the brokers' names off. */
    private static final Set<String> MAY_BE_EMPTY =
            Set.of(KAFKA_KEY + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);

    /** What is no setting of the file: it says where the file is, asks for something else than a run, or is said each time again. */
    private static final Set<String> NOT_IN_FILE =
            Set.of(CONFIG_NAME, "help", "version", "stacktrace", KAFKA_NAME, "to", "dry-run", "yes");
    /** Variables that are not flags: for the launcher, the logs and the tests. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("JAVA_OPTS", "DATA", "LOG_LEVEL", "LIBRARY_LOG_LEVEL", "KAFKA_INTERNALS_LOG_LEVEL");

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> switches = new TreeSet<>();

    private final Set<String> arguments;

    private LayeredSettings(Map<String, String> file, Map<String, String> environment, Set<String> arguments) {
        this.file = file;
        this.environment = environment;
        this.arguments = arguments;
    }

    /**
     * Reads the layers for some arguments.
     *
     * @throws CommandException if the file cannot be read
     */
    public static LayeredSettings of(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = new TreeMap<>(environment);
        given.values().removeIf(String::isBlank); // as scripts and containers unset a variable
        String path = null;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(CONFIG) && i + 1 < arguments.length) {
                path = arguments[i + 1];
            } else if (arguments[i].startsWith(CONFIG + "=")) {
                path = arguments[i].substring(CONFIG.length() + 1);
            }
        }
        if (path == null) {
            path = given.get(PREFIX + "CONFIG");
        }
        if (path != null && path.isBlank()) {
            throw CommandException.usage("option '" + CONFIG + "' is given no value: name a file, or leave it out");
        }
        return new LayeredSettings(
                path == null ? Map.of() : SettingsFile.read(Path.of(path)), given, Set.copyOf(List.of(arguments)));
    }

    /** The options of all commands that are set this way: one file, one environment serves them all. */
    public void knowing(Collection<OptionSpec> options) {
        for (OptionSpec option : options) {
            String name = name(option);
            if (name.equals(CONFIG_NAME) || !NOT_IN_FILE.contains(name)) {
                names.add(name);
            }
            if (option.typeInfo().isBoolean()) {
                switches.add(name);
            }
        }
    }

    /** The key of an option in the file, null if it cannot stand there. */
    public static @Nullable String key(OptionSpec option) {
        String name = name(option);
        if (name.equals(KAFKA_NAME)) {
            return KAFKA_KEY + "PROPERTY";
        }
        return NOT_IN_FILE.contains(name) ? null : name;
    }

    /** The variable of an option in the environment, null if there is none. */
    public static @Nullable String variable(OptionSpec option) {
        String name = name(option);
        if (name.equals(KAFKA_NAME)) {
            return KAFKA_VARIABLE + "PROPERTY";
        }
        return name.equals(CONFIG_NAME) || !NOT_IN_FILE.contains(name) ? variable(name) : null;
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** Where a value that a command refused came from, if not from a flag: {@code " (from ...)"}, otherwise empty. */
    public String source(@Nullable ArgSpec argument, @Nullable String value) {
        if (!(argument instanceof OptionSpec option) || value == null) {
            return "";
        }
        String name = name(option);
        if (value.equals(environment.get(variable(name)))) {
            return " (from " + variable(name) + " in the environment)";
        }
        return value.equals(inFile(name)) ? " (from the configuration file)" : "";
    }

    private static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String name = name(option);
        if (NOT_IN_FILE.contains(name)) {
            return null;
        }
        if (switches.contains(name) && arguments.contains("--" + name)) {
            return null; // or picocli, which makes of a switch the opposite of its default, would switch it off
        }
        String variable = environment.get(variable(name));
        return variable != null ? variable : inFile(name);
    }

    /** What the file says, null for nothing; a switch that it names is on. */
    private @Nullable String inFile(String name) {
        String value = file.get(name);
        if (value == null || !value.isBlank()) {
            return value;
        }
        return switches.contains(name) ? "true" : null;
    }

    /** What is wrong with a key of the file or, where it was meant to be another, with a variable; null for nothing. */
    public @Nullable String misspelling() {
        String key = wrongKey();
        if (key != null) {
            return key;
        }
        return unknownVariables()
                .filter(name -> !meant(name).isEmpty())
                .map(this::unknownVariable)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String wrongKey() {
        Set<String> known = new TreeSet<>(names);
        known.remove(CONFIG_NAME);
        for (Map.Entry<String, String> entry : file.entrySet()) {
            String key = entry.getKey();
            boolean kafka = key.startsWith(KAFKA_KEY) && key.length() > KAFKA_KEY.length();
            if (!kafka && !known.contains(key)) {
                String otherwise = key.indexOf('.') > 0
                        ? ": write " + KAFKA_KEY + key + " for a Kafka property"
                        : ": use one of " + String.join(", ", known) + ", or " + KAFKA_KEY
                                + "PROPERTY for a Kafka property";
                return "the configuration file sets '" + key + "', which is no setting"
                        + Spelling.didYouMean(Spelling.closest(key, known), otherwise);
            }
            if (entry.getValue().isBlank() && !switches.contains(key) && !MAY_BE_EMPTY.contains(key)) {
                return "the configuration file names '" + key + "' without a value: write " + key
                        + "=VALUE, or remove the line";
            }
        }
        return null;
    }

    private Stream<String> unknownVariables() {
        return environment.keySet().stream()
                .filter(key -> key.startsWith(PREFIX) && !key.startsWith(KAFKA_VARIABLE))
                .filter(key -> !OTHER_VARIABLES.contains(key.substring(PREFIX.length())))
                .filter(key -> names.stream().noneMatch(name -> variable(name).equals(key)))
                .sorted();
    }

    private List<String> meant(String variable) {
        return Spelling.closest(variable.substring(PREFIX.length()), names).stream()
                .map(LayeredSettings::variable)
                .toList();
    }

    private String unknownVariable(String name) {
        return "the environment sets " + name + ", which is no setting and is ignored"
                + Spelling.didYouMean(meant(name), "");
    }

    /** @throws CommandException if the file holds a key that is neither a flag nor a Kafka property, or one without a value */
    void requireKnownKeys() {
        String wrong = wrongKey();
        if (wrong != null) {
            throw CommandException.usage(wrong);
        }
    }

    /** A sentence for each variable that looks like a setting and is none. */
    List<String> ignoredVariables() {
        return unknownVariables().map(this::unknownVariable).toList();
    }

    /** The Kafka properties of file and environment. */
    Map<String, String> kafkaProperties() {
        Map<String, String> properties = new TreeMap<>();
        file.forEach((key, value) -> {
            if (key.startsWith(KAFKA_KEY)) {
                properties.put(key.substring(KAFKA_KEY.length()), value);
            }
        });
        environment.forEach((key, value) -> {
            if (key.startsWith(KAFKA_VARIABLE) && !OTHER_VARIABLES.contains(key.substring(PREFIX.length()))) {
                String property = key.substring(KAFKA_VARIABLE.length());
                properties.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }
}
