package io.tagstream.stream;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The topics that the application reads and writes.
 *
 * @param input sentences come from here
 * @param output tagged sentences go here
 * @param deadLetters records that cannot be tagged go here
 * @param create whether missing topics are created
 * @param partitions partitions of a created input and output topic; a created dead-letter topic has one
 * @param replicationFactor of created topics, those of Kafka Streams included; {@link #BROKER_DEFAULT} leaves it to the broker
 */
public record TopicSettings(
        String input, String output, String deadLetters, boolean create, int partitions, int replicationFactor) {
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

    /** The defaults for an input topic that is named: output and dead letters are named after it. */
    public static TopicSettings of(String input) {
        return new TopicSettings(
                input,
                input + StreamNames.OUTPUT_SUFFIX,
                input + StreamNames.DEAD_LETTER_SUFFIX,
                true,
                DEFAULT_PARTITIONS,
                BROKER_DEFAULT);
    }

    /** As the brokers take it: empty for their own default. */
    Optional<Short> replicas() {
        return replicationFactor == BROKER_DEFAULT ? Optional.empty() : Optional.of((short) replicationFactor);
    }

    /** @throws InvalidSettingException if a name is none, or the same is used twice, or a number is out of range */
    public TopicSettings {
        for (String name : List.of(input, output, deadLetters)) {
            if (!name.matches("[a-zA-Z0-9._-]{1," + LONGEST_NAME + "}") || name.equals(".") || name.equals("..")) {
                throw new InvalidSettingException("'" + name
                        + "' is no name for a topic: use letters, digits, '.', '_' and '-', at most " + LONGEST_NAME);
            }
        }
        if (Set.copyOf(List.of(input, output, deadLetters)).size() < 3) {
            throw new InvalidSettingException(
                    "the input, output and dead-letter topic must be three different ones, but are " + input + ", "
                            + output + " and " + deadLetters);
        }
        if (partitions < 1) {
            throw new InvalidSettingException("the number of partitions must be at least 1, but is " + partitions);
        }
        if (replicationFactor != BROKER_DEFAULT && (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE)) {
            throw new InvalidSettingException("the replication factor must be at least 1 (or " + BROKER_DEFAULT
                    + " for the broker's default), but is " + replicationFactor);
        }
    }
}
