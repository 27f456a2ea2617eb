package io.tagstream.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real stores of many partitions, written as fast as the disk allows, as when they are restored. */
class BoundedRocksDbTest {
    private static final int STATE_BYTES = 2_100;
    private static final int STREAMS = 1_000;
    /** States in a batch that is restored. */
    private static final int RESTORED_AT_ONCE = 50;

    /** What the charge for a write buffer is rounded up by, for all of them, in bytes. */
    private static final double ROUNDING = 4 << 20;

    @TempDir
    private Path directory;

    private final List<MockProcessorContext<Void, Void>> contexts = new ArrayList<>();
    private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"20, true", "100, true", "40, false"})
    @Timeout(300)
    void shouldKeepAllStoresWithinOneBudget(int partitions, boolean known) throws Exception {
        try {
            for (int partition = 0; partition < partitions; partition++) {
                open(partition, partitions, known);
            }
            List<Metric> memtables = metrics("size-all-mem-tables");
            List<Metric> caches = metrics("block-cache-usage");
            assertThat(memtables).hasSize(partitions);
            Random random = new Random(1);
            double buffers = 0;
            double cache = 0;
            long written = 0;
            while (written < 2 * BoundedRocksDb.WRITE_BUFFERS) {
                for (int partition = 0; partition < partitions; partition++) {
                    KeyValueStore<Bytes, byte[]> store = stores.get(partition);
                    store.putAll(states(random, RESTORED_AT_ONCE));
                    store.commit(Map.of(new TopicPartition("states-changelog", partition), written));
                    written += RESTORED_AT_ONCE * (long) STATE_BYTES;
                    // Blocks are read, so that they want their place too.
                    store.get(key(random));
                    if (partition % 10 == 0) {
                        buffers = Math.max(buffers, values(memtables).sum());
                        cache = Math.max(cache, values(caches).max().orElse(0));
                    }
                }
            }
            System.out.printf(
                    "%d stores: write buffers %.1f MiB, cache %.1f MiB%n",
                    partitions, buffers / (1 << 20), cache / (1 << 20));
            assertThat(buffers).isPositive().isLessThan(BoundedRocksDb.WRITE_BUFFERS);
            assertThat(cache).isGreaterThan(buffers / 2).isLessThan(BoundedRocksDb.BUDGET + ROUNDING);
        } finally {
            stores.forEach(KeyValueStore::close);
        }
        assertThat(BoundedRocksDb.open()).isZero();
    }

    @Test
    void shouldShareTheBudgetAmongTheStoresOfAllStepsThatAreOpen() {
        assertThat(BoundedRocksDb.shares(1)).isEqualTo(BoundedRocksDb.FEW_STORES);
        assertThat(BoundedRocksDb.shares(33)).isEqualTo(64);
        assertThat(BoundedRocksDb.shares(64)).isEqualTo(64);
        assertThat(BoundedRocksDb.shares(65)).isEqualTo(128);
    }

    private void open(int partition, int partitions, boolean known) throws IOException {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        if (known) {
            properties.put(BoundedRocksDb.STORES, Integer.toString(partitions));
        }
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(
                properties,
                new TaskId(0, partition),
                Files.createDirectory(directory.resolve("" + partition)).toFile());
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore("hidden-states"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        contexts.add(context);
        stores.add(store);
    }

    private static List<KeyValue<Bytes, byte[]>> states(Random random, int number) {
        List<KeyValue<Bytes, byte[]>> states = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            byte[] state = new byte[STATE_BYTES];
            random.nextBytes(state);
            states.add(KeyValue.pair(key(random), state));
        }
        return states;
    }

    private static Bytes key(Random random) {
        return Bytes.wrap(("stream-" + random.nextInt(STREAMS)).getBytes(UTF_8));
    }

    /** One a store: of all its column families, or of the cache that it shares. */
    private List<Metric> metrics(String name) {
        return contexts.stream()
                .<Metric>flatMap(context -> context.metrics().metrics().values().stream())
                .filter(metric -> metric.metricName().name().equals(name))
                .toList();
    }

    private static DoubleStream values(List<Metric> metrics) {
        return metrics.stream().mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue());
    }
}
