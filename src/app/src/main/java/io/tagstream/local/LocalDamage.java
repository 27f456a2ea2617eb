package io.tagstream.local;

import io.tagstream.admin.RecoveryPolicy;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Whether local copies of states that cannot be opened are to be removed. Kafka Streams heals itself of what breaks while it runs, but
 * at the start it opens every copy before any thread is there, and one that is damaged would end each start alike.
 */
public final class LocalDamage {
    private LocalDamage() {}

    /** Not where the disk is full: there is then nothing wrong with the copies, and nothing new could be written. */
    public static boolean isCuredByRestoring(Throwable failure) {
        return RecoveryPolicy.causes(failure)
                .filter(RocksDBException.class::isInstance)
                .map(cause -> ((RocksDBException) cause).getStatus())
                .noneMatch(status -> status != null && status.getSubCode() == Status.SubCode.NoSpace);
    }
}
