package io.tagstream.identity;

import io.tagstream.admin.LogReader;
import io.tagstream.position.InputPosition;
import io.tagstream.position.InputPositionCodec;
import io.tagstream.settings.StreamNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The changelog of the positions, read and written past Kafka Streams, before the application joins its group. */
public final class PositionLog {
    private final String changelog;

    PositionLog(String applicationId) {
        changelog = StreamNames.positionsChangelog(applicationId);
    }

    /** The committed positions of these partitions, as far as there are any. */
    Map<TopicPartition, InputPosition> read(LogReader reader, Collection<TopicPartition> inputs) {
        Map<Integer, Set<String>> topics = new HashMap<>();
        inputs.forEach(input -> topics.computeIfAbsent(input.partition(), unused -> new HashSet<>())
                .add(input.topic()));
        List<TopicPartition> partitions = topics.keySet().stream()
                .map(partition -> new TopicPartition(changelog, partition))
                .toList();
        Map<TopicPartition, InputPosition> positions = new HashMap<>();
        reader.readTails(
                partitions,
                log -> topics.getOrDefault(log.partition(), Set.of()).stream()
                        .allMatch(topic -> positions.containsKey(new TopicPartition(topic, log.partition()))),
                record -> {
                    if (record.key() != null && record.value() != null) {
                        positions.put(
                                new TopicPartition(InputPositionCodec.topic(record.key()), record.partition()),
                                InputPositionCodec.decode(record.value()));
                    }
                });
        return positions;
    }

    /** The record that stores a position. */
    ProducerRecord<byte[], byte[]> record(TopicPartition input, InputPosition position) {
        return new ProducerRecord<>(
                changelog,
                input.partition(),
                InputPositionCodec.key(input.topic()).get(),
                InputPositionCodec.encode(position));
    }

    /** All partitions of some topics. */
    public static List<TopicPartition> partitions(Collection<String> topics, int count) {
        return topics.stream()
                .flatMap(topic -> IntStream.range(0, count).mapToObj(number -> new TopicPartition(topic, number)))
                .toList();
    }
}
