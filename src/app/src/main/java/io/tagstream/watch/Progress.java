package io.tagstream.watch;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where the application stands in its input, and how far that can be read, as the brokers tell it. */
public interface Progress extends AutoCloseable {
    /**
     * One partition.
     *
     * @param position the committed offset, or where reading began if nothing is committed; what is before it is processed
     * @param stable the last stable offset: up to here it can be read
     */
    record Offsets(long position, long stable) {}

    /** The offsets of some partitions; a partition without any is left out. */
    Map<TopicPartition, Offsets> offsets(Collection<TopicPartition> partitions)
            throws InterruptedException, UnreachableException;

    /** The ends of some partitions, with what a transaction that is open holds back. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws InterruptedException, UnreachableException;

    /** The offset of the first committed record from one offset on and before another; -1 where there are but markers and gaps. */
    long firstRecord(TopicPartition partition, long from, long to) throws InterruptedException, UnreachableException;

    @Override
    void close();

    /** No broker answered. */
    final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreachableException(Throwable cause) {
            super(cause);
        }
    }
}
