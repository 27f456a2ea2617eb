package io.tagstream.event;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.NullMarked;

/**
 * What Avro has to know of the generated classes. It names them itself: Avro otherwise loads classes by the names that schemas
 * give, and since 1.12.2 only those that the whole process has been told to trust.
 */
@NullMarked
public final class EventModel extends SpecificData {
    private static final Map<String, Class<?>> CLASSES = Map.of(
            SentenceEvent.getClassSchema().getFullName(), SentenceEvent.class,
            Source.getClassSchema().getFullName(), Source.class,
            TaggedSentence.getClassSchema().getFullName(), TaggedSentence.class,
            TaggedToken.getClassSchema().getFullName(), TaggedToken.class,
            TokenEvent.getClassSchema().getFullName(), TokenEvent.class);

    public static final EventModel INSTANCE = new EventModel();

    private EventModel() {
        setCustomCoders(true); // the generated ones: faster, and without reflection
    }

    @Override
    @SuppressWarnings("rawtypes") // as Avro has it
    public Class getClass(Schema schema) {
        Class<?> known = schema.getType() == Schema.Type.RECORD ? CLASSES.get(schema.getFullName()) : null;
        return known != null ? known : super.getClass(schema);
    }
}
