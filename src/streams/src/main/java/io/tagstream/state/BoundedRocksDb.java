package io.tagstream.state;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One budget of memory for all the stores of this process: without it every partition's store takes its own, and memory grows
 * with the number of partitions. The cache and the buffers live as long as the process.
 *
 * <p>How it is kept. Write buffers are charged to the cache, which gives up blocks for them, so the whole stays within
 * {@link #BUDGET} as long as the write buffers alone do. RocksDB's manager of write buffers cannot see to that: once its limit is
 * reached it flushes the database that is being written, however little that holds, and never waits for a flush that is under way;
 * a manager that waits can wait for ever, because a thread that stands still in one store flushes none of its others. So each
 * store's own bound is what holds: it has one buffer that is written and one that is flushed, and a write waits while both are
 * full. Their size follows from the number of stores.
 *
 * <p>The arithmetic, for n stores: a buffer of data, which RocksDB lets grow 7.5 % too large, and a block of offsets, together
 * {@link #WRITTEN} / n; the smallest buffer for the positions of each partition; one batch of 50 restored states (the application sets {@code max.poll.records} of the restore consumer to it) on top of it; all that twice. With
 * states of 2 KB that is less than {@link #WRITE_BUFFERS} for up to 100 stores, and less than the budget for up to 200.
 *
 * <p>The number n is {@link #STORES} where it is set: the stores of all steps and partitions that this process can hold. Where it is not
 * set, n is the number of stores that are open, rounded up to a power of two and at least {@link #FEW_STORES}; buffers that are already there keep their
 * size, so each doubling beyond that number adds half of {@link #WRITTEN}.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** The property that says how many stores this process can hold, of all steps together; it may be left out. */
    public static final String STORES = "tagstream.stores";
    /** The property that names the stores of a few small records, with commas between; they get the smallest buffer. */
    public static final String SMALL_STORES = "tagstream.small.stores";

    /** Blocks, indices, filters and write buffers together, in bytes. */
    static final long BUDGET = 128L << 20;
    /** What write buffers take at most, where the disk is slower than the stream, in bytes. */
    static final long WRITE_BUFFERS = 96L << 20;
    /** Where the manager begins to flush early, in bytes. */
    private static final long EARLY_FLUSH = 48L << 20;
    /** What the buffers that are being written take at most, in bytes. */
    private static final long WRITTEN = 32L << 20;
    /** Of a store's share, the first block of the column family where Kafka Streams keeps its offsets, in bytes. */
    private static final long OFFSETS = 128L << 10;
    /** A smaller buffer costs more files than it saves memory, in bytes. */
    private static final long SMALLEST_WRITE_BUFFER = 64L << 10;

    private static final long LARGEST_WRITE_BUFFER = 8L << 20;
    /** One is written, one is flushed. */
    private static final int WRITE_BUFFERS_OF_A_STORE = 2;

    /** Four parts, each with a budget of its own: in smaller ones, what is charged to one by chance would not fit. */
    private static final int SHARD_BITS = 2;
    /** So many stores share the budget from the start where their number is not known. */
    static final int FEW_STORES = 32;

    /** A strict cache fails a read where there is no room. */
    private static final boolean STRICT = false;
    /** The part of the cache where indices and filters are safe from blocks of data. */
    private static final double HIGH_PRIORITY = 0.1;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(BUDGET, SHARD_BITS, STRICT, HIGH_PRIORITY);
    private static final WriteBufferManager BUFFERS = new WriteBufferManager(EARLY_FLUSH, CACHE);
    private static final AtomicInteger OPEN = new AtomicInteger();

    /** Kafka Streams makes one setter for each store. */
    private boolean counted;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE);
            table.setCacheIndexAndFilterBlocks(true);
            table.setCacheIndexAndFilterBlocksWithHighPriority(true);
            table.setPinTopLevelIndexAndFilter(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(BUFFERS);
        options.setWriteBufferSize(
                isSmall(storeName, configs.get(SMALL_STORES))
                        ? SMALLEST_WRITE_BUFFER
                        : writeBuffer(stores(configs.get(STORES))));
        options.setMaxWriteBufferNumber(WRITE_BUFFERS_OF_A_STORE);
    }

    private static boolean isSmall(String storeName, @Nullable Object small) {
        return small != null && List.of(String.valueOf(small).split(",")).contains(storeName);
    }

    private int stores(@Nullable Object set) {
        if (!counted) {
            counted = true;
            OPEN.incrementAndGet();
        }
        return set == null ? shares(OPEN.get()) : Integer.parseInt(String.valueOf(set));
    }

    /** Into how many shares the budget is cut where so many stores are open. */
    static int shares(int open) {
        int shares = FEW_STORES;
        while (shares < open) {
            shares *= 2;
        }
        return shares;
    }

    /** How many stores of this process are open, but the small ones. */
    static int open() {
        return OPEN.get();
    }

    /** The bytes of one write buffer where there are so many stores. */
    static long writeBuffer(int stores) {
        return Math.min(LARGEST_WRITE_BUFFER, Math.max(SMALLEST_WRITE_BUFFER, WRITTEN / stores - OFFSETS));
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the buffers are every store's.
        if (counted) {
            counted = false;
            OPEN.decrementAndGet();
        }
    }
}
