package io.tagstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class EventSerdesTest {
    private static final String TOPIC = "topic";

    @Test
    void shouldReadWhatItWrites() {
        SentenceEvent sentence = new SentenceEvent("x", "I eat", null, true);
        TaggedToken token = new TaggedToken("I", 0, 1, "PRON", 0.5f, Map.of("xpos", "PRP"));
        TaggedSentence tagged =
                new TaggedSentence("x", 3L, "m@1", new Source("in", 2, 7L), null, List.of(token), "0123456789abcdef");
        assertThat(roundTrip(EventSerdes.sentenceEvent(), sentence)).isEqualTo(sentence);
        assertThat(roundTrip(EventSerdes.taggedSentence(), tagged)).isEqualTo(tagged);
    }

    @Test
    void shouldLeaveNullAsItIs() {
        assertThat(roundTrip(EventSerdes.tokenEvent(), null)).isNull();
    }

    @Test
    void shouldSayWhatIsNoEvent() {
        assertThatThrownBy(() -> EventSerdes.sentenceEvent().deserializer().deserialize(TOPIC, "hello".getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("topic topic", "single-object encoding");
        byte[] unknown = EventSerdes.tokenEvent().serializer().serialize(TOPIC, null);
        assertThat(unknown).isNull();
        byte[] other =
                EventSerdes.sentenceEvent().serializer().serialize(TOPIC, new SentenceEvent("", "I", null, false));
        assertThatThrownBy(() -> EventSerdes.taggedSentence().deserializer().deserialize(TOPIC, other))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no published version of TaggedSentence");
    }

    private static <T> T roundTrip(Serde<T> serde, T event) {
        return serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, event));
    }
}
