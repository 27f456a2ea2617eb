package io.tagstream.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 *       {@code kafka.PROPERTY=...} for a Kafka property
 *   <li>the environment: {@code TAGSTREAM_BOOTSTRAP_SERVERS} for a flag, {@code TAGSTREAM_KAFKA_MAX_POLL_RECORDS} for the Kafka property
 *       {@code max.poll.records}
 *   <li>the flags: {@code --bootstrap-servers}, {@code --kafka PROPERTY=VALUE}
 * </ol>
 */
final class LayeredSettings implements IDefaultValueProvider {
    /** The commands that are set this way. */
    static final List<String> COMMANDS = List.of("run", "topics", "reset");

    private static final String PREFIX = "TAGSTREAM_";
    private static final String KAFKA_VARIABLE = "TAGSTREAM_KAFKA_";
    private static final String KAFKA_KEY = "kafka.";
    private static final String CONFIG = "--config";

    /** What is no setting of the file: it says where the file is, asks for something else than a run, or is said each time anew. */
    private static final Set<String> NOT_IN_FILE =
            Set.of("config", "help", "version", "stacktrace", "kafka", "to", "dry-run", "yes");
    /** Variables that are not flags: for the launcher, the logs and the tests. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("JAVA_OPTS", "DATA", "LOG_LEVEL", "LIBRARY_LOG_LEVEL", "KAFKA_INTERNALS_LOG_LEVEL");

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Set<String> names = new TreeSet<>();

    private LayeredSettings(Map<String, String> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * Reads the layers for some arguments.
     *
     * @throws CommandException if the file cannot be read
     */
    static LayeredSettings of(String[] arguments, Map<String, String> environment) {
        String path = null;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(CONFIG) && i + 1 < arguments.length) {
                path = arguments[i + 1];
            } else if (arguments[i].startsWith(CONFIG + "=")) {
                path = arguments[i].substring(CONFIG.length() + 1);
            }
        }
        if (path == null) {
            path = environment.get(PREFIX + "CONFIG");
        }
        return new LayeredSettings(path == null ? Map.of() : read(Path.of(path)), environment);
    }

    private static Map<String, String> read(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw CommandException.usage("there is no configuration file " + path);
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.usage("configuration file " + path + " cannot be read: " + e.getMessage());
        }
        Map<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        return entries;
    }

    /** The flags of all commands that are set this way: one file, one environment serves them all. */
    void knowing(Collection<String> flags) {
        flags.forEach(flag -> names.add(flag.replaceFirst("^-+", "")));
    }

    /** Where a value that a command refused came from, if not from a flag: {@code " (from ...)"}, otherwise empty. */
    String source(@Nullable ArgSpec argument, @Nullable String value) {
        if (!(argument instanceof OptionSpec option) || value == null) {
            return "";
        }
        String name = option.longestName().replaceFirst("^-+", "");
        if (value.equals(environment.get(variable(name)))) {
            return " (from " + variable(name) + " in the environment)";
        }
        return value.equals(file.get(name)) ? " (from the configuration file)" : "";
    }

    private boolean isKnown(String variable) {
        return names.stream().anyMatch(name -> variable(name).equals(variable));
    }

    private static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String name = option.longestName().replaceFirst("^-+", "");
        if (NOT_IN_FILE.contains(name)) {
            return null;
        }
        String variable = environment.get(variable(name));
        // A variable that is set to nothing counts as not set.
        return variable != null && !variable.isBlank() ? variable : file.get(name);
    }

    /**
     * The Kafka properties of file and environment.
     *
     * @throws CommandException if the file holds a key that is neither a flag nor a Kafka property
     */
    Map<String, String> kafkaProperties() {
        Map<String, String> properties = new TreeMap<>();
        TreeSet<String> known = new TreeSet<>(names);
        known.removeAll(NOT_IN_FILE);
        file.forEach((key, value) -> {
            if (key.startsWith(KAFKA_KEY)) {
                properties.put(key.substring(KAFKA_KEY.length()), value);
            } else if (!known.contains(key)) {
                throw CommandException.usage("the configuration file sets '" + key
                        + "', which is no setting: use one of " + String.join(", ", known) + ", or "
                        + KAFKA_KEY + "PROPERTY for a Kafka property");
            }
        });
        environment.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && OTHER_VARIABLES.contains(key.substring(PREFIX.length()))) {
                return;
            }
            if (key.startsWith(KAFKA_VARIABLE)) {
                String property = key.substring(KAFKA_VARIABLE.length());
                properties.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            } else if (key.startsWith(PREFIX) && !isKnown(key)) {
                System.err.println("tagstream: the environment sets " + key + ", which is no setting: it is ignored");
            }
        });
        return properties;
    }
}
