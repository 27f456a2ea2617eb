package io.tagstream.topology;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says once about the names of streams: that the first records all have none, as where {@code --key-from} does not fit the
 * topic, and that a header is there twice. One for all tasks of the application.
 */
final class NamingLog {
    /** Records that must all fail before the log says so. */
    static final int FIRST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(NamingLog.class);

    private final AtomicInteger unnamed = new AtomicInteger();
    private final AtomicBoolean saidTwice = new AtomicBoolean();
    /** Whether a record had a name, or it was said that none has. */
    private volatile boolean settled;

    void named() {
        if (!settled) {
            settled = true;
        }
    }

    /** @param cause the cause of the dead letter */
    void unnamed(String cause) {
        if (!settled && unnamed.incrementAndGet() == FIRST) {
            settled = true;
            LOG.error("the first {} records are all dead letters: {}", FIRST, cause);
        }
    }

    void twice(String header, RecordMetadata at) {
        if (saidTwice.compareAndSet(false, true)) {
            LOG.warn(
                    "{}-{}@{} has the header {} more than once: the last one names the stream, here and in all further records",
                    at.topic(),
                    at.partition(),
                    at.offset(),
                    header);
        }
    }
}
