package io.tagstream.faults;

import io.tagstream.wire.EventSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** The input records of a trial in their order: what they are, where they lie, and which of them nobody could read. */
final class SentInput {
    private final List<Input> inputs = new ArrayList<>();
    private final List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    private final Set<Integer> gone = new HashSet<>();
    /** The offset after the last record sent to each partition, of the first {@code counted} records. */
    private final Map<Integer, Long> ends = new HashMap<>();

    private int counted;

    void add(Input input, Future<RecordMetadata> acknowledgement) {
        inputs.add(input);
        acknowledgements.add(acknowledgement);
    }

    int size() {
        return inputs.size();
    }

    List<Input> inputs() {
        return List.copyOf(inputs);
    }

    /** Waits until the broker has all of them. */
    void awaitAcknowledged() {
        for (int index = 0; index < acknowledgements.size(); index++) {
            place(index);
        }
    }

    /** Whether the broker has all of them. */
    boolean isAcknowledged() {
        while (counted < acknowledgements.size()
                && acknowledgements.get(counted).isDone()) {
            RecordMetadata place = place(counted);
            ends.merge(place.partition(), place.offset() + 1, Math::max);
            counted++;
        }
        return counted == acknowledgements.size();
    }

    /** The offset after the last one in each partition, of those the broker was known to have. */
    Map<Integer, Long> ends() {
        return Map.copyOf(ends);
    }

    /** From here on the topic is another one, whose offsets begin at 0. */
    void recreated() {
        if (!isAcknowledged()) {
            throw new IllegalStateException("some records may be in the old topic or in the new one");
        }
        ends.clear();
    }

    /** Nobody could read these: they were removed or skipped before. */
    void gone(Collection<Integer> indexes) {
        gone.addAll(indexes);
    }

    boolean isGone(int index) {
        return gone.contains(index);
    }

    /** The index of each record by where it lies; a topic that was recreated has the last one at an offset. */
    Map<TopicPartition, NavigableMap<Long, Integer>> places() {
        Map<TopicPartition, NavigableMap<Long, Integer>> places = new HashMap<>();
        for (int index = 0; index < acknowledgements.size(); index++) {
            RecordMetadata place = place(index);
            places.computeIfAbsent(new TopicPartition(place.topic(), place.partition()), unused -> new TreeMap<>())
                    .put(place.offset(), index);
        }
        return places;
    }

    /** Where a record lies. */
    EventSource source(int index) {
        RecordMetadata place = place(index);
        return new EventSource(place.topic(), place.partition(), place.offset());
    }

    private RecordMetadata place(int index) {
        try {
            return acknowledgements.get(index).get(Application.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("input record " + index + " was not sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
