package io.tagstream.position;

import io.tagstream.stream.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the position of one task's input partitions in a store: written first for every record, in the record's transaction. The
 * store caches, so that a commit writes each position once.
 *
 * <p>A record before the position was processed already: its output and its state are committed. That happens only where the group's
 * offsets were lost or moved while members of the group were alive, and skipping it is what exactly-once asks for.
 *
 * <p>Belongs to one task's thread.
 */
public final class PositionKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PositionKeeper.class);

    private final KeyValueStore<Bytes, byte[]> store;
    private final InputTracking input;
    private final Map<String, Partition> partitions = new HashMap<>();

    /** What is known of one topic's partition. */
    private static final class Partition {
        private final Bytes key;
        private final Uuid topicId;
        private final boolean isKnown;
        private long next;
        private boolean warned;

        Partition(Bytes key, Uuid topicId, boolean isKnown, long next) {
            this.key = key;
            this.topicId = topicId;
            this.isKnown = isKnown;
            this.next = next;
        }
    }

    public PositionKeeper(KeyValueStore<Bytes, byte[]> store, InputTracking input) {
        this.store = store;
        this.input = input;
    }

    /**
     * Moves the position past a record.
     *
     * @return false if the record was processed before, and so must be skipped
     * @throws InvalidSettingException if records before this one were skipped, and the application must stop
     */
    public boolean advance(String topic, int partition, long offset) {
        Partition at = partitions.get(topic);
        if (at == null) {
            at = load(topic);
            if (!at.isKnown && input.positions().containsKey(new TopicPartition(topic, partition))) {
                throw new InvalidSettingException("the stored position of " + topic + "-" + partition
                        + " is gone while the application ran: it was reset, or the changelog of its positions was emptied;"
                        + " start it again");
            }
            if (at.isKnown && offset > at.next) {
                input.gaps().check(new TopicPartition(topic, partition), at.next, offset);
            }
            partitions.put(topic, at);
        }
        if (offset < at.next) {
            if (!at.warned) {
                at.warned = true;
                LOG.warn(
                        "{}-{} is read again from offset {}, but was processed up to {}: the records before that are skipped",
                        topic,
                        partition,
                        offset,
                        at.next);
            }
            return false;
        }
        at.next = offset + 1;
        store.put(at.key, InputPositionCodec.encode(new InputPosition(at.topicId, at.next)));
        return true;
    }

    private Partition load(String topic) {
        Bytes key = InputPositionCodec.key(topic);
        Uuid topicId = input.topicIds().getOrDefault(topic, Uuid.ZERO_UUID);
        byte[] stored = store.get(key);
        InputPosition position = stored == null ? null : InputPositionCodec.decode(stored);
        return position != null && position.topicId().equals(topicId)
                ? new Partition(key, topicId, true, position.offset())
                : new Partition(key, topicId, false, 0);
    }
}
