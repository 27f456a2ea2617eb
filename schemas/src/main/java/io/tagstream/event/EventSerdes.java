package io.tagstream.event;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Kafka serdes of the events: Avro's single-object encoding, without a registry. Every published version of a schema is read; what is not such
 * an event is a {@link SerializationException}. Null stays null. Each call makes a serde of its own; a serde is for any thread.
 */
@NullMarked
public final class EventSerdes {
    private EventSerdes() {}

    public static Serde<SentenceEvent> sentenceEvent() {
        return of(SentenceEvent.getClassSchema());
    }

    public static Serde<TaggedSentence> taggedSentence() {
        return of(TaggedSentence.getClassSchema());
    }

    public static Serde<TokenEvent> tokenEvent() {
        return of(TokenEvent.getClassSchema());
    }

    private static <T> Serde<T> of(Schema schema) {
        return Serdes.serdeFrom(new EventSerializer<T>(schema), new EventDeserializer<T>(schema));
    }

    private static final class EventSerializer<T> implements Serializer<T> {
        private final SingleObjectWriter<T> writer;

        EventSerializer(Schema schema) {
            writer = new SingleObjectWriter<>(schema);
        }

        @Override
        public synchronized byte @Nullable [] serialize(String topic, @Nullable T event) {
            return event == null ? null : writer.write(event);
        }
    }

    private static final class EventDeserializer<T> implements Deserializer<T> {
        private final SingleObjectReader<T> reader;

        EventDeserializer(Schema schema) {
            reader = new SingleObjectReader<>(schema, SchemaHistory.of(schema.getName()));
        }

        @Override
        public synchronized @Nullable T deserialize(String topic, byte @Nullable [] value) {
            try {
                return value == null ? null : reader.read(value);
            } catch (UndecodableEventException e) {
                throw new SerializationException("a record of topic " + topic + " is no event: " + e.getMessage(), e);
            }
        }
    }
}
