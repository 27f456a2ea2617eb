package io.tagstream.settings;

import io.tagstream.stream.InvalidSettingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The topics that the application reads and writes.
 *
 * @param inputs sentences come from here; a stream is a topic and a key
 * @param output tagged sentences go here
 * @param deadLetters records that cannot be tagged go here
 * @param create whether missing topics are created
 * @param partitions partitions of a created input and output topic; a created dead-letter topic has one
 * @param replicationFactor of created topics, those of Kafka Streams included; {@link #BROKER_DEFAULT} leaves it to the broker
 */
public record TopicSettings(
        List<String> inputs, String output, String deadLetters, boolean create, int partitions, int replicationFactor) {
    public static final int DEFAULT_PARTITIONS = 6;
    public static final int BROKER_DEFAULT = -1;

    public static final TopicSettings DEFAULT = new TopicSettings(
            StreamNames.DEFAULT_INPUT_TOPIC,
            StreamNames.DEFAULT_OUTPUT_TOPIC,
            StreamNames.DEFAULT_DEAD_LETTER_TOPIC,
            true,
            DEFAULT_PARTITIONS,
            BROKER_DEFAULT);

    private static final int LONGEST_NAME = 249;

    /** The defaults for input topics that are named: output and dead letters are named after them. */
    public static TopicSettings of(List<String> inputs) {
        String name = String.join("-", new TreeSet<>(inputs));
        return new TopicSettings(
                inputs,
                name + StreamNames.OUTPUT_SUFFIX,
                name + StreamNames.DEAD_LETTER_SUFFIX,
                true,
                DEFAULT_PARTITIONS,
                BROKER_DEFAULT);
    }

    /** As the brokers take it: empty for their own default. */
    public Optional<Short> replicas() {
        return replicationFactor == BROKER_DEFAULT ? Optional.empty() : Optional.of((short) replicationFactor);
    }

    /** With one input topic. */
    public TopicSettings(
            String input, String output, String deadLetters, boolean create, int partitions, int replicationFactor) {
        this(List.of(input), output, deadLetters, create, partitions, replicationFactor);
    }

    /** @throws InvalidSettingException if a name is none, or the same is used twice, or a number is out of range */
    public TopicSettings {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new InvalidSettingException("there is no input topic: give at least one by --input-topic");
        }
        List<String> names = new ArrayList<>(inputs);
        names.addAll(List.of(output, deadLetters));
        for (String name : names) {
            if (!name.matches("[a-zA-Z0-9._-]{1," + LONGEST_NAME + "}") || name.equals(".") || name.equals("..")) {
                throw new InvalidSettingException("'" + name
                        + "' is no name for a topic: use letters, digits, '.', '_' and '-', at most " + LONGEST_NAME);
            }
        }
        if (new HashSet<>(inputs).size() < inputs.size()) {
            throw new InvalidSettingException(
                    "an input topic is named twice in " + String.join(",", inputs) + ": name each topic once");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new InvalidSettingException("the input, output and dead-letter topic must be different ones, but are "
                    + String.join(",", inputs) + ", " + output + " and " + deadLetters);
        }
        if (partitions < 1) {
            throw new InvalidSettingException("partitions must be at least 1, got " + partitions);
        }
        if (replicationFactor != BROKER_DEFAULT && (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE)) {
            throw new InvalidSettingException("replicationFactor must be at least 1 (or " + BROKER_DEFAULT
                    + " for the broker's default), got " + replicationFactor);
        }
    }

    /** The input topics as one name: {@code a,b}. */
    public String input() {
        return String.join(",", inputs);
    }

    /** The topics of the user: inputs, output, dead letters. */
    List<String> all() {
        return Stream.concat(inputs.stream(), Stream.of(output, deadLetters)).toList();
    }
}
