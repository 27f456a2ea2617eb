package io.tagstream.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.Logs;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
    private static final TopicPartition P0 = new TopicPartition("sentences", 0);
    private static final TopicPartition P1 = new TopicPartition("sentences", 1);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Input input = new Input();
    private List<TopicPartition> assigned = List.of(P0, P1);
    private long clock = 1;
    private int changes;
    private final ProgressWatch watch =
            new ProgressWatch(() -> assigned, () -> input, () -> changes++, ProgressWatch.PATIENCE, () -> clock);
    private Logs logs = Logs.capture();

    @BeforeEach
    void begin() {
        input.at(P0, 10, 10);
        input.at(P1, 10, 10);
        look(1);
    }

    @AfterEach
    void close() {
        logs.close();
        watch.close();
    }

    @Test
    void shouldStallAfterThePatienceAndMoveAgain() {
        input.at(P0, 10, 15);
        input.records.put(12L, P0);
        look(11);
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        look(1);

        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.STALLED);
        assertThat(watch.stalls()).isEqualTo(1);
        assertThat(warnings()).singleElement().asString().contains("sentences-0", "offset 12", "60 s", "5 offsets");

        look(20);
        assertThat(watch.stalls()).as("counted once").isEqualTo(1);
        input.at(P0, 13, 15);
        look(1);

        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        assertThat(logs.lines()).last().asString().contains("sentences-0 moves again", "13");
        assertThat(changes).isEqualTo(2);
        look(11);
        assertThat(watch.stalls()).isEqualTo(1);
        look(1);
        assertThat(watch.stalls()).as("it stalls at another offset").isEqualTo(1);
        input.records.put(15L, P0);
        input.at(P0, 13, 16);
        look(12);
        assertThat(watch.stalls()).isEqualTo(2);
    }

    @Test
    void shouldNotWaitForMarkersAndGaps() {
        input.at(P0, 10, 15);
        look(40);

        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        assertThat(input.reads).as("it is read once").isEqualTo(1);
        input.at(P0, 10, 17);
        input.records.put(16L, P0);
        look(11);
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        look(1);
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.STALLED);
        assertThat(warnings()).singleElement().asString().contains("offset 16");
    }

    @Test
    void shouldNotStallWhileItMovesSlowlyOrHasNothingToDo() {
        for (int position = 10; position < 40; position++) {
            input.at(P0, position, 1000);
            input.records.put((long) position, P0);
            look(11);
        }
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        assertThat(watch.stalls()).isZero();
    }

    @Test
    void shouldMindOnlyThePartitionsThatItHas() {
        assigned = List.of(P1);
        input.at(P0, 10, 15);
        input.records.put(10L, P0);
        look(40);

        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
    }

    @Test
    void shouldLeaveOutRebalancesButNotForgetWhatWasBefore() {
        input.at(P0, 10, 15);
        input.records.put(10L, P0);
        for (int migration = 0; migration < 5; migration++) {
            assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
            look(2);
            assigned = List.of();
            look(30);
            assigned = List.of(P0, P1);
        }
        assertThat(watch.stalls()).isZero();
        look(2);

        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.STALLED);
        assigned = List.of();
        look(1);
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
    }

    @Test
    void shouldTellBrokersThatDoNotAnswerFromAStall() {
        input.at(P0, 10, 15);
        input.records.put(10L, P0);
        look(6);
        input.unreachable = true;
        look(11);
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        look(1);
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.UNREACHABLE);
        look(20);
        assertThat(warnings()).singleElement().asString().contains("no broker has answered");

        input.unreachable = false;
        input.at(P0, 15, 15);
        look(1);
        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        assertThat(watch.stalls()).isZero();
        assertThat(logs.lines()).last().asString().contains("the brokers answer again");
    }

    @Test
    void shouldTellAnOpenTransactionOnTheInputFromAStall() {
        input.ends.put(P0, 30L);
        look(13);
        assertThat(warnings()).as("it may just have been opened").isEmpty();
        look(60);

        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.MOVING);
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("a transaction on sentences-0 has been open since offset 10", "20 offsets");
        input.at(P0, 10, 31);
        look(1);
        assertThat(logs.lines()).last().asString().contains("sentences-0 can be read on");
    }

    @Test
    void shouldSayNothingOfShortTransactionsOnAQuietTopic() {
        for (int transaction = 0; transaction < 10; transaction++) {
            input.at(P0, 10 + transaction, 10 + transaction);
            input.ends.put(P0, 11L + transaction);
            look(14);
            input.ends.remove(P0);
        }
        assertThat(logs.lines()).isEmpty();
    }

    @Test
    void shouldGoOnAfterAFailureAndSayItOnce() {
        input.broken = true;
        look(3);
        input.broken = false;
        input.at(P0, 10, 15);
        input.records.put(10L, P0);
        look(13);

        assertThat(watch.condition()).isEqualTo(ProgressWatch.Condition.STALLED);
        assertThat(warnings())
                .filteredOn(line -> line.contains("cannot be watched"))
                .hasSize(1);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            clock += LOOK.toNanos();
            watch.look();
        }
    }

    private List<String> warnings() {
        return logs.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    /** What the brokers would say. */
    private static final class Input implements Progress {
        private final Map<TopicPartition, Offsets> offsets = new HashMap<>();
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private final TreeMap<Long, TopicPartition> records = new TreeMap<>();
        private boolean unreachable;
        private boolean broken;
        private int reads;

        void at(TopicPartition partition, long position, long stable) {
            offsets.put(partition, new Offsets(position, stable));
        }

        private void answer() throws UnreachableException {
            if (unreachable) {
                throw new UnreachableException(new TimeoutException("no answer"));
            }
            if (broken) {
                throw new IllegalStateException("not authorized");
            }
        }

        @Override
        public Map<TopicPartition, Offsets> offsets(Collection<TopicPartition> partitions) throws UnreachableException {
            answer();
            Map<TopicPartition, Offsets> asked = new HashMap<>(offsets);
            asked.keySet().retainAll(partitions);
            return asked;
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) throws UnreachableException {
            answer();
            Map<TopicPartition, Long> all = new HashMap<>();
            for (TopicPartition partition : partitions) {
                Offsets at = offsets.get(partition);
                all.put(partition, Math.max(ends.getOrDefault(partition, 0L), at == null ? 0 : at.stable()));
            }
            return all;
        }

        @Override
        public long firstRecord(TopicPartition partition, long from, long to) throws UnreachableException {
            answer();
            reads++;
            return records.subMap(from, to).entrySet().stream()
                    .filter(record -> record.getValue().equals(partition))
                    .mapToLong(Map.Entry::getKey)
                    .findFirst()
                    .orElse(-1);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
