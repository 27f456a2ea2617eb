package io.tagstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class LocalDamageTest {
    @Test
    void shouldRestoreWhatIsCorrupt() {
        assertThat(LocalDamage.isCuredByRestoring(opening(Status.Code.Corruption, Status.SubCode.None)))
                .isTrue();
    }

    @Test
    void shouldRestoreWhatMisses() {
        assertThat(LocalDamage.isCuredByRestoring(opening(Status.Code.IOError, Status.SubCode.None)))
                .isTrue();
        assertThat(LocalDamage.isCuredByRestoring(new ProcessorStateException("no process file")))
                .isTrue();
    }

    @Test
    void shouldKeepWhatAFullDiskHolds() {
        assertThat(LocalDamage.isCuredByRestoring(opening(Status.Code.IOError, Status.SubCode.NoSpace)))
                .isFalse();
    }

    private static ProcessorStateException opening(Status.Code code, Status.SubCode subCode) {
        return new ProcessorStateException(
                "Error opening store", new RocksDBException(new Status(code, subCode, "a file")));
    }
}
