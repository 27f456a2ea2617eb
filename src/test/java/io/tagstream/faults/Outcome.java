package io.tagstream.faults;

import io.tagstream.stream.StreamNames;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import io.tagstream.wire.WireFormats;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What came out beside what had to.
 *
 * @param in input records
 * @param out different tagged sentences that came out
 * @param dead different dead letters that came out
 * @param lost sentences and dead letters that did not come out
 * @param doubled sentences and dead letters that came out once too often, each time
 * @param differ sentences and dead letters that came out otherwise than they had to, or in another place of their stream, or that
 *     nobody sent
 * @param findings the first of what is wrong, for people
 */
record Outcome(int in, int out, int dead, int lost, int doubled, int differ, List<String> findings) {
    private static final int FINDINGS = 10;

    boolean isRight() {
        return lost == 0 && doubled == 0 && differ == 0;
    }

    /** What is known of an input record: {@code tagged} is null where none must come out. */
    record Expected(Input input, @Nullable OutgoingSentence tagged) {}

    /**
     * @param expected the input records in their order
     * @param places partition@offset of each input record to its index
     */
    static Outcome of(
            List<Expected> expected,
            Map<String, Integer> places,
            List<ConsumerRecord<byte[], byte[]>> tagged,
            List<ConsumerRecord<byte[], byte[]>> deadLetters)
            throws Exception {
        Count count = new Count();
        int out = compareTagged(expected, tagged, count);
        int dead = compareDeadLetters(expected, places, deadLetters, count);
        return new Outcome(
                expected.size(), out, dead, count.lost, count.doubled, count.differ, List.copyOf(count.findings));
    }

    private static int compareTagged(List<Expected> expected, List<ConsumerRecord<byte[], byte[]>> records, Count count)
            throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        Map<String, Expected> byId = new HashMap<>();
        Map<String, List<String>> orders = new HashMap<>();
        for (Expected one : expected) {
            if (one.tagged() != null) {
                byId.put(one.tagged().sentenceId(), one);
                orders.computeIfAbsent(one.input().stream(), name -> new ArrayList<>())
                        .add(one.tagged().sentenceId());
            }
        }
        Set<String> seen = new HashSet<>();
        Map<String, Integer> nextPlaces = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OutgoingSentence sentence = reader.read(record.value());
            String stream = new String(record.key(), StandardCharsets.UTF_8);
            String id = sentence.sentenceId();
            Expected one = byId.get(id);
            if (one == null) {
                count.differs("nobody sent what came out as " + sentence);
            } else if (!seen.add(id)) {
                count.doubled(id + " came out again, sequence " + sentence.sequence());
            } else {
                List<String> order = orders.getOrDefault(stream, List.of());
                int place = nextPlaces.merge(stream, 1, Integer::sum) - 1;
                if (place >= order.size() || !order.get(place).equals(id)) {
                    count.differs(id + " is in the wrong place of " + stream + ": " + place);
                    // Only the first one that is out of place counts.
                    nextPlaces.put(stream, order.indexOf(id) + 1);
                } else if (!sentence.equals(one.tagged())) {
                    count.differs(id + ": expected " + one.tagged() + " but found " + sentence);
                }
            }
        }
        for (String id : byId.keySet()) {
            if (!seen.contains(id)) {
                count.lost("nothing came out for " + id);
            }
        }
        return seen.size();
    }

    private static int compareDeadLetters(
            List<Expected> expected,
            Map<String, Integer> places,
            List<ConsumerRecord<byte[], byte[]>> deadLetters,
            Count count) {
        Set<Integer> seen = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> letter : deadLetters) {
            String place =
                    header(letter, StreamNames.HEADER_PARTITION) + "@" + header(letter, StreamNames.HEADER_OFFSET);
            Integer index = places.get(place);
            if (index == null || !expected.get(index).input().bad()) {
                count.differs(
                        "a good record is a dead letter: " + place + ", " + header(letter, StreamNames.HEADER_MESSAGE));
            } else if (!seen.add(index)) {
                count.doubled("the dead letter of " + place + " came out again");
            } else if (letter.headers().lastHeader(StreamNames.HEADER_OMITTED) == null
                    && !Arrays.equals(
                            letter.value(), expected.get(index).input().value())) {
                count.differs("the dead letter of " + place + " is not what was received");
            }
        }
        for (int index = 0; index < expected.size(); index++) {
            if (expected.get(index).input().bad() && !seen.contains(index)) {
                count.lost("no dead letter came out for input record " + index);
            }
        }
        return seen.size();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Counts while comparing. */
    private static final class Count {
        private final List<String> findings = new ArrayList<>();
        private int lost;
        private int doubled;
        private int differ;

        void lost(String finding) {
            lost++;
            find(finding);
        }

        void doubled(String finding) {
            doubled++;
            find(finding);
        }

        void differs(String finding) {
            differ++;
            find(finding);
        }

        private void find(String finding) {
            if (findings.size() < FINDINGS) {
                findings.add(finding);
            }
        }
    }
}
