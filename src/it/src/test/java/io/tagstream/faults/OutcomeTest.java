package io.tagstream.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.faults.Outcome.Expected;
import io.tagstream.format.WireFormats;
import io.tagstream.settings.StreamNames;
import io.tagstream.wire.Emit;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private final List<Expected> expected = new ArrayList<>();
    private final Map<String, Integer> places = Map.of("0@4", 4);
    private final List<ConsumerRecord<byte[], byte[]>> tagged = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

    @BeforeEach
    void putOutWhatIsRight() {
        for (int at = 0; at < 4; at++) {
            String stream = at % 2 == 0 ? "even" : "odd";
            OutgoingSentence sentence = sentence("s" + at, 1 + at / 2, at);
            expected.add(new Expected(Input.sentence(stream, "s" + at, "text", false), sentence));
            tagged.add(record(stream, sentence));
        }
        Input bad = Input.bad("odd", 4);
        expected.add(new Expected(bad, null));
        deadLetters.add(letter(Objects.requireNonNull(bad.value()), 4, "bad"));
        // A tombstone.
        expected.add(new Expected(new Input("odd", null, null, false), null));
    }

    @Test
    void shouldFindNothingWrongWithWhatIsRight() throws Exception {
        Outcome outcome = outcome();
        assertThat(outcome.isRight()).isTrue();
        assertThat(outcome).isEqualTo(new Outcome(6, 4, 1, 0, 0, 0, 0, List.of()));
    }

    @Test
    void shouldCountWhatIsLost() throws Exception {
        tagged.remove(3);
        deadLetters.clear();
        assertThat(outcome().lost()).isEqualTo(2);
        assertThat(outcome().isRight()).isFalse();
    }

    @Test
    void shouldExpectNothingOfWhatIsGone() throws Exception {
        expected.set(3, new Expected(expected.get(3).input(), null, true));
        expected.set(4, new Expected(expected.get(4).input(), null, true));
        assertThat(outcome().gone()).isEqualTo(2);
        assertThat(outcome().differ()).isEqualTo(2);
        tagged.remove(3);
        deadLetters.clear();
        assertThat(outcome()).isEqualTo(new Outcome(6, 3, 0, 2, 0, 0, 0, List.of()));
    }

    @Test
    void shouldCountWhatIsDoubled() throws Exception {
        tagged.add(tagged.get(0));
        deadLetters.add(deadLetters.get(0));
        assertThat(outcome().doubled()).isEqualTo(2);
        assertThat(outcome().isRight()).isFalse();
    }

    @Test
    void shouldCountWhatIsOutOfOrder() throws Exception {
        Collections.swap(tagged, 0, 2);
        assertThat(outcome().differ()).isEqualTo(2);
    }

    @Test
    void shouldNotMindTheOrderOfDifferentStreams() throws Exception {
        Collections.swap(tagged, 0, 1);
        assertThat(outcome().isRight()).isTrue();
    }

    @Test
    void shouldCountOtherDigestsSequencesAndDeadLetters() throws Exception {
        tagged.set(0, record("even", sentence("s0", 1, 99)));
        tagged.set(1, record("odd", sentence("s1", 7, 1)));
        deadLetters.set(0, letter(new byte[] {1}, 4, "bad"));
        assertThat(outcome().differ()).isEqualTo(3);
    }

    @Test
    void shouldCountDeadLettersOfOtherKeysAndWithoutACause() throws Exception {
        byte[] value = Objects.requireNonNull(deadLetters.get(0).value());
        ConsumerRecord<byte[], byte[]> ofNobody = new ConsumerRecord<>("dlq", 0, 0, null, value);
        deadLetters.get(0).headers().forEach(ofNobody.headers()::add);
        deadLetters.set(0, ofNobody);
        assertThat(outcome().differ()).isEqualTo(1);

        deadLetters.set(0, letter(value, 4, " "));
        assertThat(outcome().differ()).isEqualTo(1);
    }

    @Test
    void shouldCountEachPartByItself() throws Exception {
        assertThat(parts(0, 2, 4))
                .containsExactly(
                        new Outcome(2, 2, 0, 0, 0, 0, 0, List.of()),
                        new Outcome(2, 2, 0, 0, 0, 0, 0, List.of()),
                        new Outcome(2, 0, 1, 0, 0, 0, 0, List.of()));

        tagged.remove(3);
        tagged.set(0, record("even", sentence("s0", 1, 99)));
        deadLetters.add(deadLetters.get(0));
        List<Outcome> outcomes = parts(0, 2, 4);
        assertThat(outcomes).extracting(Outcome::differ).containsExactly(1, 0, 0);
        assertThat(outcomes).extracting(Outcome::lost).containsExactly(0, 1, 0);
        assertThat(outcomes).extracting(Outcome::doubled).containsExactly(0, 0, 1);
    }

    @Test
    void shouldCountWhatNobodySent() throws Exception {
        tagged.add(record("even", sentence("unknown", 3, 5)));
        deadLetters.add(letter(new byte[] {1}, 77, "bad"));
        assertThat(outcome().differ()).isEqualTo(2);
    }

    private Outcome outcome() throws Exception {
        return Outcome.of(expected, places, tagged, deadLetters);
    }

    private List<Outcome> parts(Integer... starts) throws Exception {
        return Outcome.ofParts(List.of(starts), expected, places, tagged, deadLetters);
    }

    private static OutgoingSentence sentence(String id, long sequence, long digest) {
        return new OutgoingSentence(id, sequence, "model@1", List.of(), String.format("%016x", digest));
    }

    private static ConsumerRecord<byte[], byte[]> record(String stream, OutgoingSentence sentence) {
        byte[] value = WireFormats.encoder(OutputFormat.AVRO, Emit.SENTENCE)
                .encode(sentence)
                .get(0);
        return new ConsumerRecord<>("out", 0, 0, stream.getBytes(UTF_8), value);
    }

    private static ConsumerRecord<byte[], byte[]> letter(byte[] value, long offset, String cause) {
        ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>("dlq", 0, 0, "odd".getBytes(UTF_8), value);
        letter.headers()
                .add(StreamNames.HEADER_PARTITION, "0".getBytes(UTF_8))
                .add(StreamNames.HEADER_OFFSET, Long.toString(offset).getBytes(UTF_8))
                .add(StreamNames.HEADER_TOPIC, "in".getBytes(UTF_8))
                .add(StreamNames.HEADER_EXCEPTION, "SomeException".getBytes(UTF_8))
                .add(StreamNames.HEADER_MESSAGE, cause.getBytes(UTF_8));
        return letter;
    }
}
