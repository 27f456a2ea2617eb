package io.tagstream.position;

import org.apache.kafka.common.Uuid;

/**
 * How far one partition of an input topic has been processed.
 *
 * @param topicId of the topic that the offset belongs to: a topic that was deleted and created again has another
 * @param offset the offset after the last record that was processed (tagged, a dead letter or a tombstone)
 */
public record InputPosition(Uuid topicId, long offset) {}
