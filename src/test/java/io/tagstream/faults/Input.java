package io.tagstream.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.fixture.Sentences;
import io.tagstream.wire.IncomingSentence;
import org.jspecify.annotations.Nullable;

/**
 * One record for the input topic.
 *
 * @param stream its key
 * @param value its value; null ends the stream
 * @param timestamp ms since 1970, or null for the time of day
 * @param bad whether it must become a dead letter
 */
record Input(
        String stream, byte @Nullable [] value, @Nullable Long timestamp, boolean bad) {
    byte[] key() {
        return Sentences.key(stream);
    }

    /** A record that is no Avro and like no other. */
    static Input bad(String stream, int number) {
        return new Input(stream, ("not Avro " + number).getBytes(UTF_8), null, true);
    }

    static Input sentence(String stream, String id, String text, boolean beginsDocument) {
        return new Input(stream, Sentences.avro(new IncomingSentence(id, text, null, beginsDocument)), null, false);
    }

    Input at(long time) {
        return new Input(stream, value, time, bad);
    }
}
