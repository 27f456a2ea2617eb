package io.tagstream.faults;

import io.tagstream.event.StreamKey;
import io.tagstream.format.WireFormats;
import io.tagstream.settings.StreamNames;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What came out beside what had to.
 *
 * @param in input records
 * @param out different tagged sentences that came out
 * @param dead different dead letters that came out
 * @param gone input records that were removed or skipped before they were read: nothing may come out for them
 * @param lost sentences and dead letters that did not come out
 * @param doubled sentences and dead letters that came out once too often, each time
 * @param differ sentences and dead letters that came out otherwise than they had to, or in another place of their stream, or that
 *     nobody sent
 * @param findings the first of what is wrong, for people
 */
record Outcome(int in, int out, int dead, int gone, int lost, int doubled, int differ, List<String> findings) {
    private static final int FINDINGS = 10;
    private static final int NOBODY = -1;

    boolean isRight() {
        return lost == 0 && doubled == 0 && differ == 0;
    }

    /** What is known of an input record: {@code tagged} is null where none must come out; nothing at all for one that is gone. */
    record Expected(Input input, @Nullable OutgoingSentence tagged, boolean gone) {
        Expected(Input input, @Nullable OutgoingSentence tagged) {
            this(input, tagged, false);
        }

        boolean deadLetter() {
            return input.bad() && !gone;
        }
    }

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
                expected.size(),
                out,
                dead,
                (int) expected.stream().filter(Expected::gone).count(),
                count.lost,
                count.doubled,
                count.differ,
                List.copyOf(count.findings));
    }

    /**
     * The same for parts of the input, each by itself: what nobody sent counts in none, and that a record stands in the wrong place
     * only within one.
     *
     * @param starts the index of the first input record of each part, in their order, the first one 0
     */
    static List<Outcome> ofParts(
            List<Integer> starts,
            List<Expected> expected,
            Map<String, Integer> places,
            List<ConsumerRecord<byte[], byte[]>> tagged,
            List<ConsumerRecord<byte[], byte[]>> deadLetters)
            throws Exception {
        Map<String, Integer> indexes = new HashMap<>();
        for (int index = 0; index < expected.size(); index++) {
            Expected one = expected.get(index);
            if (one.tagged() != null) {
                indexes.put(one.tagged().sentenceId(), index);
            }
        }
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        IdentityHashMap<ConsumerRecord<byte[], byte[]>, Integer> origins = new IdentityHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : tagged) {
            String id = reader.read(record.value()).sentenceId();
            origins.put(record, indexes.getOrDefault(id, NOBODY));
        }
        deadLetters.forEach(letter -> origins.put(letter, places.getOrDefault(place(letter), NOBODY)));
        List<Outcome> outcomes = new ArrayList<>();
        for (int part = 0; part < starts.size(); part++) {
            int from = starts.get(part);
            int to = part + 1 < starts.size() ? starts.get(part + 1) : expected.size();
            Map<String, Integer> placesThere = new HashMap<>();
            places.forEach((place, index) -> {
                if (index >= from && index < to) {
                    placesThere.put(place, index - from);
                }
            });
            Predicate<ConsumerRecord<byte[], byte[]>> there = record -> {
                int origin = origins.getOrDefault(record, NOBODY);
                return origin >= from && origin < to;
            };
            outcomes.add(of(
                    expected.subList(from, to),
                    placesThere,
                    tagged.stream().filter(there).toList(),
                    deadLetters.stream().filter(there).toList()));
        }
        return outcomes;
    }

    private static int compareTagged(List<Expected> expected, List<ConsumerRecord<byte[], byte[]>> records, Count count)
            throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        Map<String, Expected> byId = new HashMap<>();
        Map<String, List<String>> orders = new HashMap<>();
        for (Expected one : expected) {
            if (one.tagged() != null) {
                String id = one.tagged().sentenceId();
                if (byId.put(id, one) != null) {
                    throw new IllegalStateException("two input records are called " + id);
                }
                orders.computeIfAbsent(one.input().stream(), name -> new ArrayList<>())
                        .add(id);
            }
        }
        Set<String> seen = new HashSet<>();
        Map<String, Integer> nextPlaces = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OutgoingSentence sentence = reader.read(record.value());
            String stream = StreamKey.shown(record.key());
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
            String place = place(letter);
            Integer index = places.get(place);
            if (index == null || !expected.get(index).deadLetter()) {
                count.differs(
                        "a good record is a dead letter: " + place + ", " + header(letter, StreamNames.HEADER_MESSAGE));
            } else if (!seen.add(index)) {
                count.doubled("the dead letter of " + place + " came out again");
            } else if (!isAsReceived(letter, expected.get(index).input())) {
                count.differs("the dead letter of " + place + " is not what was received");
            } else if (header(letter, StreamNames.HEADER_MESSAGE).isBlank()
                    || header(letter, StreamNames.HEADER_EXCEPTION).isBlank()
                    || header(letter, StreamNames.HEADER_TOPIC).isBlank()) {
                count.differs("the dead letter of " + place + " has no cause");
            }
        }
        for (int index = 0; index < expected.size(); index++) {
            if (expected.get(index).deadLetter() && !seen.contains(index)) {
                count.lost("no dead letter came out for input record " + index);
            }
        }
        return seen.size();
    }

    /** Where the record lay that became a dead letter, partition@offset. */
    private static String place(ConsumerRecord<byte[], byte[]> letter) {
        return header(letter, StreamNames.HEADER_PARTITION) + "@" + header(letter, StreamNames.HEADER_OFFSET);
    }

    private static boolean isAsReceived(ConsumerRecord<byte[], byte[]> letter, Input input) {
        List<String> omitted =
                List.of(header(letter, StreamNames.HEADER_OMITTED).split(","));
        return (omitted.contains("key") || Arrays.equals(letter.key(), input.key()))
                && (omitted.contains("value") || Arrays.equals(letter.value(), input.value()));
    }

    /** Empty where there is none. */
    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
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
