package io.tagstream.settings;

import io.tagstream.stream.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Which properties of Kafka a user may pass through. Refused are those that have a setting of their own, and those that the
 * promises rest on: exactly once, nothing silent, one stream's records in order. A refused property that says the same as
 * Tagstream does no harm and is let through.
 */
public final class KafkaPropertyRules {
    /** Property to the option that sets it. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "--bootstrap-servers"),
            Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, "--application-id"),
            Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "--application-id"),
            Map.entry(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, "--instance-id"),
            Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "--from"),
            Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "--threads"),
            Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "--standby-replicas"),
            Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "--commit-interval"),
            Map.entry(StreamsConfig.STATE_DIR_CONFIG, "--state-dir"),
            Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, "--replication-factor"),
            Map.entry(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "--dlq-topic"),
            Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "--max-record-bytes"),
            Map.entry(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), "--max-record-bytes"));

    /** Property to the only value that it may have; the empty string where there is none. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
            Map.entry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StreamNames.DEAD_LETTER_HANDLER),
            Map.entry(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, StreamNames.PRODUCTION_HANDLER),
            Map.entry("default." + StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ""),
            Map.entry(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ""),
            Map.entry("default." + StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ""),
            Map.entry(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, StreamNames.TIMESTAMP_EXTRACTOR),
            Map.entry(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, ""),
            Map.entry(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, ""),
            Map.entry(StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, ""),
            Map.entry(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, ""),
            Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true"),
            Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
            Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
            Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ""),
            Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ""),
            Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ""),
            Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ""),
            Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ""),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"),
            Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
            Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, ""),
            Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false"),
            Map.entry(
                    StreamsConfig.topicPrefix(TopicConfig.CLEANUP_POLICY_CONFIG), TopicConfig.CLEANUP_POLICY_COMPACT));

    /** Files that must be there. */
    private static final Set<String> STORES =
            Set.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

    /** What makes no sense for a consumer that is in no group. */
    private static final Set<String> OF_THE_GROUP = Set.of(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);

    private KafkaPropertyRules() {}

    /** @throws InvalidSettingException for the first property, in alphabetical order, that is refused */
    static void check(Map<String, String> properties, int maxRecordBytes) {
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            String name = KafkaPropertyNames.withoutPrefix(property.getKey());
            String option = OPTIONS.get(name);
            if (option != null) {
                throw new InvalidSettingException(
                        "the Kafka property " + property.getKey() + " is not passed through: set it with " + option);
            }
            String fixed = FIXED.get(name);
            if (fixed != null && !fixed.equals(property.getValue())) {
                throw new InvalidSettingException("the Kafka property " + property.getKey() + " cannot be "
                        + property.getValue() + ", because exactly-once tagging rests on it: leave it out");
            }
            if (name.equals(ProducerConfig.BUFFER_MEMORY_CONFIG)) {
                checkBuffer(property.getKey(), property.getValue(), maxRecordBytes);
            }
        }
    }

    /** Looks for the files that properties name, at once: Kafka fails late on a missing one, and does not name it. */
    static void requireReadableStores(Map<String, String> properties) {
        new TreeMap<>(properties).forEach((name, file) -> {
            if (STORES.contains(KafkaPropertyNames.withoutPrefix(name)) && !isReadableFile(file)) {
                throw new InvalidSettingException(
                        "the Kafka property " + name + " names " + file + ", which is no file that can be read");
            }
        });
    }

    /** Those that neither Kafka Streams nor one of its clients knows: for a plug-in of theirs, or misspelled; in alphabetical order. */
    public static List<String> unknown(Map<String, String> properties) {
        Set<String> known = KafkaPropertyNames.known();
        return properties.keySet().stream()
                .filter(name -> !name.startsWith(StreamsConfig.TOPIC_PREFIX)
                        && !known.contains(KafkaPropertyNames.withoutPrefix(name)))
                .sorted()
                .toList();
    }

    private static boolean isReadableFile(String file) {
        try {
            Path path = Path.of(file);
            return Files.isRegularFile(path) && Files.isReadable(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void checkBuffer(String name, String value, int maxRecordBytes) {
        long bytes;
        try {
            bytes = Long.parseLong(value.trim());
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(
                    "the Kafka property " + name + " must be a number of bytes, but is " + value);
        }
        if (bytes < maxRecordBytes) {
            throw new InvalidSettingException("the Kafka property " + name + " is " + bytes
                    + ", which is less than the largest record (--max-record-bytes, " + maxRecordBytes + ")");
        }
    }

    /** The properties without the prefix of a client, as an admin client of our own takes them. */
    public static Map<String, Object> forAdmin(Map<String, String> properties) {
        Map<String, Object> own = new HashMap<>();
        properties.forEach((name, value) -> {
            if (KafkaPropertyNames.withoutPrefix(name).equals(name) && !name.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                own.put(name, value);
            }
        });
        properties.forEach((name, value) -> {
            if (name.startsWith(StreamsConfig.ADMIN_CLIENT_PREFIX)) {
                own.put(name.substring(StreamsConfig.ADMIN_CLIENT_PREFIX.length()), value);
            }
        });
        return own;
    }

    /** The properties of a consumer of our own, without a group. */
    public static Map<String, Object> forConsumer(Map<String, String> properties) {
        Map<String, Object> own = forClient(properties, StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.configNames());
        own.keySet().removeAll(OF_THE_GROUP);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return own;
    }

    /** The properties of a transactional producer of our own. */
    public static Map<String, Object> forProducer(Map<String, String> properties, String transactionalId) {
        Map<String, Object> own = forClient(properties, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configNames());
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return own;
    }

    private static Map<String, Object> forClient(Map<String, String> properties, String prefix, Set<String> known) {
        Map<String, Object> own = new HashMap<>();
        properties.forEach((name, value) -> {
            if (KafkaPropertyNames.withoutPrefix(name).equals(name) && known.contains(name)) {
                own.put(name, value);
            }
        });
        properties.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), value);
            }
        });
        return own;
    }
}
