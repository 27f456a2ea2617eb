package io.tagstream.service;

import io.tagstream.local.StateFolder;
import io.tagstream.settings.PreparedTopics;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.state.BoundedRocksDb;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;

/** The settings as properties of Kafka Streams. */
public final class StreamsProperties {
    /** Our own: the largest dead letter that its topic takes, in bytes. */
    static final String DEAD_LETTER_MAX_BYTES = "tagstream.dead.letter.max.bytes";

    /**
     * Bytes a partition; the default of 16 KB costs 2.5 times the CPU, because a batch then holds some eight states.
     */
    private static final int BATCH_BYTES = 256 << 10;
    /** ms; what a batch waits for company within a transaction. */
    private static final int LINGER_MS = 5;
    /** How long the streams of an instance that crashed stand still, in ms; the default is 45 s. */
    private static final int SESSION_TIMEOUT_MS = 15_000;
    /**
     * How long an instance that has restored its copies waits for its share of the partitions, where the changelog holds more than
     * 10,000 records of each, in ms; the default is 10 minutes, and Kafka Streams takes no less than this.
     */
    private static final int PROBING_INTERVAL_MS = 60_000;
    /** For the positions alone, of some 200 bytes a partition; the states are not cached. */
    private static final long CACHE_BYTES = 4L << 20;
    /** Beside the largest record, what a request of one record takes, in bytes. */
    private static final int REQUEST_OVERHEAD = 4 << 10;

    /**
     * States that a store takes in one batch when it is restored. A batch goes into the write buffer as a whole, however full that
     * is: the default of 1000 would make it up to 2 MB larger in every store.
     */
    static final int RESTORED_AT_ONCE = 50;

    private StreamsProperties() {}

    public static Properties of(StreamSettings settings, PreparedTopics topics) {
        Properties properties = new Properties();
        // What a user may change comes first, then what the user says, then what must hold. The first have no prefix:
        // with one, they
        // would win over a user's property without.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        properties.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RESTORED_AT_ONCE);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL_MS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(32L << 20, 2L * settings.maxRecordBytes()));
        // A state takes the time of its event, which the broker would refuse an hour into the future and so stop us.
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));

        properties.putAll(settings.kafkaProperties());

        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                new StateFolder(settings.stateDir()).path().toString());
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.topics().replicationFactor());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, StreamNames.TIMESTAMP_EXTRACTOR);
        properties.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                settings.topics().deadLetters());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(BoundedRocksDb.SMALL_STORES, StreamNames.POSITIONS);
        properties.put(BoundedRocksDb.STORES, Integer.toString(topics.partitions()));
        properties.put(DEAD_LETTER_MAX_BYTES, Integer.toString(topics.limits().deadLetters()));
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StreamNames.DEAD_LETTER_HANDLER);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, StreamNames.PRODUCTION_HANDLER);
        // Keys and values are read as bytes, which never fails.
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndFailExceptionHandler.class.getName());
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                settings.maxRecordBytes() + REQUEST_OVERHEAD);
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(settings.maxRecordBytes()));
        if (!settings.instanceId().isEmpty()) {
            properties.put(
                    StreamsConfig.mainConsumerPrefix(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG),
                    settings.instanceId());
        }
        return properties;
    }
}
