package io.tagstream.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One budget of memory for all the stores of this process: without it every partition's store takes its own, and memory grows
 * with the number of partitions. The cache and the buffers live as long as the process.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Blocks, indices, filters and write buffers together, in bytes. */
    static final long BUDGET = 128L << 20;
    /** The part of the budget that write buffers may take, in bytes. */
    static final long WRITE_BUFFERS = 48L << 20;
    /** One store's write buffer, in bytes. */
    private static final long WRITE_BUFFER = 8L << 20;

    private static final int SHARD_BITS_BY_SIZE = -1;
    private static final boolean STRICT = false;
    /** The part of the cache where indices and filters are safe from blocks of data. */
    private static final double HIGH_PRIORITY = 0.1;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(BUDGET, SHARD_BITS_BY_SIZE, STRICT, HIGH_PRIORITY);
    private static final WriteBufferManager BUFFERS = new WriteBufferManager(WRITE_BUFFERS, CACHE);

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
        options.setWriteBufferSize(WRITE_BUFFER);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the buffers are every store's.
    }
}
