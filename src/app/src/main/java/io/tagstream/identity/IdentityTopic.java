package io.tagstream.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.admin.AccessRights;
import io.tagstream.admin.Brokers;
import io.tagstream.admin.LogReader;
import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code APPLICATION-identity}, one compacted partition with one record. Only one instance at a time may write it: a writer
 * takes the transactional id {@code APPLICATION-identity}, which fences every writer before it, and reads the topic again before it
 * writes.
 */
public final class IdentityTopic {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityTopic.class);
    private static final byte[] KEY = "identity".getBytes(UTF_8);

    private final Brokers brokers;
    private final StreamSettings settings;
    private final String name;

    public IdentityTopic(Brokers brokers, StreamSettings settings) {
        this.brokers = brokers;
        this.settings = settings;
        this.name = StreamNames.identity(settings.applicationId());
    }

    /**
     * Creates the topic if it is missing.
     *
     * @return whether it was created
     */
    public boolean create() {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        Optional<Short> replicas = settings.topics().replicas();
        boolean created = brokers.get(
                        brokers.admin()
                                .createTopics(List.of(new NewTopic(name, Optional.of(1), replicas).configs(configs)))
                                .config(name),
                        "create the topic " + name,
                        AccessRights.orRefused("CREATE on topic " + name, TopicExistsException.class::isInstance))
                .isPresent();
        if (created) {
            LOG.info("created topic {}", name);
        }
        return created;
    }

    /** The record, if there is one. */
    public Optional<IdentityRecord> read(Consumer<byte[], byte[]> consumer) {
        byte[][] last = new byte[1][];
        brokers.ask("read the topic " + name, () -> {
            // Compaction may leave older records: the whole topic is short.
            new LogReader(consumer)
                    .readTails(
                            List.of(new TopicPartition(name, 0)), unused -> false, record -> last[0] = record.value());
            return true;
        });
        return Optional.ofNullable(last[0]).map(value -> IdentityRecord.decode(value, name));
    }

    /**
     * The record that is there; where the topic is missing it is created.
     *
     * @throws InvalidSettingException if it is missing and must not be created
     */
    Optional<IdentityRecord> readOrCreate(Consumer<byte[], byte[]> consumer) {
        String name = StreamNames.identity(settings.applicationId());
        if (!brokers.get(brokers.admin().listTopics().names(), "list the topics")
                .contains(name)) {
            if (!settings.topics().create()) {
                throw new InvalidSettingException("there is no topic " + name + " on " + settings.bootstrapServers()
                        + ": create it with tagstream topics --application-id " + settings.applicationId()
                        + ", or leave out --no-create-topics");
            }
            create();
        }
        return read(consumer);
    }

    private static boolean isFenced(KafkaException failure) {
        return RecoveryPolicy.causes(failure)
                .anyMatch(cause ->
                        cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    /** A producer that alone may write from now on; the caller closes it. */
    public Producer<byte[], byte[]> writer() {
        Producer<byte[], byte[]> producer = brokers.producer(name);
        try {
            brokers.ask("begin a transaction with the transactional id " + name, () -> {
                try {
                    producer.initTransactions();
                } catch (KafkaException e) {
                    if (isFenced(e)) {
                        // The one that was faster will have written, or may be fenced in its turn.
                        throw new TimeoutException("another instance writes " + name, e);
                    }
                    throw e;
                }
                return true;
            });
            return producer;
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /**
     * Writes the record, and others with it, in one transaction.
     *
     * @return false if another instance has become the writer: nothing is written
     */
    public boolean write(
            Producer<byte[], byte[]> writer, IdentityRecord record, List<ProducerRecord<byte[], byte[]>> others) {
        return brokers.ask("write to the topic " + name, () -> {
            try {
                writer.beginTransaction();
                // What fails to be sent fails the commit.
                Future<RecordMetadata> unused = writer.send(new ProducerRecord<>(name, 0, KEY, record.encode()));
                for (ProducerRecord<byte[], byte[]> other : others) {
                    unused = writer.send(other);
                }
                writer.commitTransaction();
                return true;
            } catch (KafkaException e) {
                if (!isFenced(e)) {
                    throw e;
                }
                LOG.debug("another instance writes the identity", e);
                return false;
            }
        });
    }
}
