package io.tagstream.topology;

import io.tagstream.position.InputTracking;
import io.tagstream.settings.SizeLimits;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Sentences in, tagged sentences out, one processor with one store between. Keys and values travel as bytes: what is wrong with
 * them is the processor's to find, so that every bad record takes the same way to the dead-letter topic.
 */
public final class TaggingTopology {
    private TaggingTopology() {}

    /** The topology for the settings, where every topic takes the largest record. */
    public static Topology build(StreamSettings settings, TaggingParts parts) {
        return build(settings, parts, SizeLimits.of(settings.maxRecordBytes()), InputTracking.none());
    }

    public static Topology build(StreamSettings settings, TaggingParts parts, SizeLimits limits, InputTracking input) {
        NamingLog namingLog = new NamingLog();
        ProcessorSupplier<byte[], byte[], byte[], byte[]> tagging = new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new RecordProcessor(settings, parts, limits, input, namingLog);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return settings.hasMemory() ? Set.of(store(), positions()) : Set.of();
            }
        };
        return new Topology()
                .addSource(
                        StreamNames.SOURCE,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        settings.topics().inputs().toArray(String[]::new))
                .addProcessor(StreamNames.PROCESSOR, tagging, StreamNames.SOURCE)
                .addSink(
                        StreamNames.SINK,
                        settings.topics().output(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        StreamNames.PROCESSOR);
    }

    /**
     * It caches, so that a commit writes each position once. It is on disk, not in memory, because Kafka Streams would take an instance
     * without a local copy for one that has the whole changelog to restore, and keep its share of the partitions from it.
     */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> positions() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(StreamNames.POSITIONS), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(StreamNames.STORE), Serdes.Bytes(), Serdes.ByteArray());
    }
}
