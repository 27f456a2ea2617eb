package io.tagstream.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.settings.InputPolicy;
import io.tagstream.stream.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class OffsetResetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("in", 0);

    private final MissingRecordCounts missing = new MissingRecordCounts();
    private final InputTracking input = new InputTracking(
            Map.of("in", new Uuid(1, 2)),
            Map.of(PARTITION, new InputPosition(new Uuid(1, 2), 7)),
            missing,
            (partition, position, offset) -> {});
    private final OffsetResets resets = new OffsetResets(input, InputPolicy.MissingRecords.CONTINUE);

    private static MockConsumer<byte[], byte[]> consumer(long start) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, start));
        return consumer;
    }

    @Test
    void shouldBeginAtThePositionWhereNoOffsetIsCommitted() {
        MockConsumer<byte[], byte[]> consumer = consumer(0);

        resets.settle(new NoOffsetForPartitionException(Set.of(PARTITION)), consumer);

        assertThat(consumer.position(PARTITION)).isEqualTo(7);
        assertThat(missing.of(Set.of("in"), 0)).isZero();
    }

    @Test
    void shouldCountWhatIsMissingAndGoOn() {
        MockConsumer<byte[], byte[]> consumer = consumer(20);

        resets.settle(new OffsetOutOfRangeException(Map.of(PARTITION, 9L)), consumer);

        assertThat(consumer.position(PARTITION)).isEqualTo(20);
        assertThat(missing.of(Set.of("in"), 0)).isEqualTo(11);
    }

    @Test
    void shouldStopWhereItIsToldSo() {
        OffsetResets strict = new OffsetResets(input, InputPolicy.MissingRecords.STOP);

        assertThatThrownBy(() -> strict.settle(new OffsetOutOfRangeException(Map.of(PARTITION, 9L)), consumer(20)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("offset 9 to 19", "--missing-records");
    }

    @Test
    void shouldStopWhereTheTopicEndsBefore() {
        assertThatThrownBy(() -> resets.settle(new OffsetOutOfRangeException(Map.of(PARTITION, 9L)), consumer(0)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("ends before offset 9", "--recreated-input");
    }

    @Test
    void shouldRefuseAPartitionThatItDoesNotKnow() {
        TopicPartition other = new TopicPartition("in", 1);

        assertThatThrownBy(() -> resets.settle(new NoOffsetForPartitionException(Set.of(other)), consumer(0)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("in-1");
    }
}
