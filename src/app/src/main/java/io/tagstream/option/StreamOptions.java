package io.tagstream.option;

import io.tagstream.settings.KafkaPropertyNames;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.terminal.CommandException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that {@code run}, {@code topics} and {@code reset} share: where the brokers are and what the topics are called. */
public final class StreamOptions {
    private static final int ONE_SHOT_SECONDS = 30;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file: FLAG-NAME=VALUE, kafka.PROPERTY=VALUE.")
    String config = "";

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT,...",
            description = "The Kafka brokers.")
    String bootstrapServers = "";

    @Option(
            names = "--input-topic",
            paramLabel = "TOPIC,...",
            description = "Sentences come from here; a stream is a topic and a key (default: "
                    + StreamNames.DEFAULT_INPUT_TOPIC + ").")
    @Nullable
    String inputTopic;

    @Option(
            names = "--output-topic",
            paramLabel = "TOPIC",
            description = "Tagged sentences go here (default: " + StreamNames.DEFAULT_OUTPUT_TOPIC + "; INPUT"
                    + StreamNames.OUTPUT_SUFFIX + " where --input-topic is given).")
    @Nullable
    String outputTopic;

    @Option(
            names = "--dlq-topic",
            paramLabel = "TOPIC",
            description = "What cannot be tagged goes here (default: " + StreamNames.DEFAULT_DEAD_LETTER_TOPIC
                    + "; INPUT" + StreamNames.DEAD_LETTER_SUFFIX + " where --input-topic is given).")
    @Nullable
    String deadLetterTopic;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of a created input and output topic (default: ${DEFAULT-VALUE}).")
    int partitions = TopicSettings.DEFAULT_PARTITIONS;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description =
                    "Replicas of created topics, the changelog included (default: ${DEFAULT-VALUE}, the broker's default).")
    int replicationFactor = TopicSettings.BROKER_DEFAULT;

    @Option(
            names = "--max-record-bytes",
            paramLabel = "BYTES",
            description =
                    "The largest record that is put out; a larger one is a dead letter (default: ${DEFAULT-VALUE}).")
    int maxRecordBytes = StreamSettings.DEFAULT_MAX_RECORD_BYTES;

    @Option(
            names = "--start-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long the brokers may be away at the start (default: 0, as long as it takes; "
                    + ONE_SHOT_SECONDS + "s for commands that do one thing and end).")
    @Nullable
    Duration startTimeout;

    @Option(
            names = "--kafka",
            paramLabel = "PROPERTY=VALUE",
            description = "Any property of Kafka Streams or its clients; may be repeated.")
    Map<String, String> kafka = new TreeMap<>();

    /** The settings of a command that does one thing and ends: somebody waits for it. */
    public StreamSettings.Builder settingsOfOneShot(CommandSpec command) {
        StreamSettings.Builder settings = settings(command, true);
        return startTimeout == null ? settings.startTimeout(Duration.ofSeconds(ONE_SHOT_SECONDS)) : settings;
    }

    /** Kafka ignores a property that it does not know; a plug-in may know it. */
    private static void warnOfMisspelling(Set<String> properties) {
        Set<String> known = KafkaPropertyNames.known();
        for (String property : properties) {
            String name = KafkaPropertyNames.withoutPrefix(property);
            List<String> meant = known.contains(name) ? List.of() : Spelling.closest(name, known);
            if (!meant.isEmpty()) {
                warn("Kafka knows no property '" + name + "'" + Spelling.didYouMean(meant, ""));
            }
        }
    }

    private static void warn(String sentence) {
        System.err.println("tagstream: " + sentence);
    }

    private TopicSettings topics(boolean create) {
        TopicSettings names = inputTopic == null
                ? TopicSettings.DEFAULT
                : TopicSettings.of(
                        Stream.of(inputTopic.split(",", -1)).map(String::trim).toList());
        return new TopicSettings(
                names.inputs(),
                outputTopic == null ? names.output() : outputTopic,
                deadLetterTopic == null ? names.deadLetters() : deadLetterTopic,
                create,
                partitions,
                replicationFactor);
    }

    /**
     * The settings that these options make, to be completed. Warns of names that nobody knows.
     *
     * @throws CommandException if the configuration file holds a key that is no setting
     */
    public StreamSettings.Builder settings(CommandSpec command, boolean createTopics) {
        Map<String, String> properties = new TreeMap<>();
        if (command.defaultValueProvider() instanceof LayeredSettings layers) {
            layers.requireKnownKeys();
            layers.ignoredVariables().forEach(StreamOptions::warn);
            properties.putAll(layers.kafkaProperties());
        }
        properties.putAll(kafka);
        warnOfMisspelling(properties.keySet());
        return StreamSettings.builder(bootstrapServers)
                .topics(topics(createTopics))
                .maxRecordBytes(maxRecordBytes)
                .startTimeout(startTimeout == null ? StreamSettings.DEFAULT_START_TIMEOUT : startTimeout)
                .kafkaProperties(properties);
    }
}
