package io.tagstream.position;

import io.tagstream.stream.InvalidSettingException;
import org.apache.kafka.common.TopicPartition;

/** Asked where the first record that a task gets is not the one after its position: what lies between may be nothing but markers. */
public interface GapCheck {
    /**
     * @param position the offset after the last record that was processed
     * @param offset of the record that came, behind it
     * @throws InvalidSettingException if records were skipped, and the application must stop
     */
    void check(TopicPartition partition, long position, long offset);
}
