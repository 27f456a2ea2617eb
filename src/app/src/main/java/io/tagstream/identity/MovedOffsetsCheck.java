package io.tagstream.identity;

import io.tagstream.admin.Brokers;
import io.tagstream.admin.LogReader;
import io.tagstream.position.GapCheck;
import io.tagstream.settings.InputPolicy;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the group's offsets were moved past records while the application ran, which the brokers allow while the group is empty:
 * all instances stood still for longer than a session, say. Reads what lies between. For any thread.
 */
public final class MovedOffsetsCheck implements GapCheck {
    private static final Logger LOG = LoggerFactory.getLogger(MovedOffsetsCheck.class);

    private final StreamSettings settings;

    public MovedOffsetsCheck(StreamSettings settings) {
        this.settings = settings;
    }

    @Override
    public void check(TopicPartition partition, long position, long offset) {
        if (!hasRecords(partition, position, offset)) {
            return;
        }
        String what =
                "the committed offset of " + partition + " was moved past records while the application ran: it was"
                        + " processed up to offset " + position + ", and the next record that came is at " + offset;
        if (settings.inputPolicy().movedOffsets() == InputPolicy.MovedOffsets.REFUSE) {
            throw new InvalidSettingException(what + "; stop every instance, set it back to " + position
                    + " and start again, or start with --moved-offsets accept to skip the records between");
        }
        LOG.warn("{}: the records between are skipped, because --moved-offsets is accept", what);
    }

    private boolean hasRecords(TopicPartition partition, long from, long to) {
        return Brokers.with(settings, brokers -> {
            try (Consumer<byte[], byte[]> consumer = brokers.consumer()) {
                return brokers.ask(
                        "read the input " + partition, () -> new LogReader(consumer).hasRecord(partition, from, to));
            }
        });
    }
}
