package io.tagstream.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.event.StreamKey;
import io.tagstream.fixture.Sentences;
import io.tagstream.format.WireFormats;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import org.jspecify.annotations.Nullable;

/**
 * One record for the input topic.
 *
 * @param stream its key as it is shown; any where it names no stream
 * @param key as it is sent, null where there is none
 * @param value its value; null ends the stream
 * @param sentence what the value says, where the test knows; null for Avro that is to be read
 * @param timestamp ms since 1970, or null for the time of day
 * @param bad whether it must become a dead letter
 */
record Input(
        String stream,
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable IncomingSentence sentence,
        @Nullable Long timestamp,
        boolean bad) {
    Input(String stream, byte @Nullable [] value, @Nullable Long timestamp, boolean bad) {
        this(stream, Sentences.key(stream), value, null, timestamp, bad);
    }

    /** A record that is no Avro and like no other. */
    static Input bad(String stream, int number) {
        return new Input(stream, ("not Avro " + number).getBytes(UTF_8), null, true);
    }

    /** A record that cannot be tagged, whatever its key. */
    static Input bad(byte @Nullable [] key, byte @Nullable [] value) {
        return new Input("", key, value, null, null, true);
    }

    static Input sentence(String stream, String id, String text, boolean beginsDocument) {
        return sentence(stream, new IncomingSentence(id, text, null, beginsDocument), InputFormat.AVRO);
    }

    static Input sentence(String stream, IncomingSentence sentence, InputFormat format) {
        return saying(sentence, stream, WireFormats.sentenceWriter(format).write(sentence));
    }

    /** A value that says this sentence. */
    static Input saying(IncomingSentence sentence, String stream, byte[] value) {
        return new Input(stream, Sentences.key(stream), value, sentence, null, false);
    }

    /** The same sentence in the stream of another key, or the end of that stream. */
    Input under(byte[] otherKey, boolean ends) {
        String name = StreamKey.shown(otherKey);
        return ends
                ? new Input(name, otherKey, null, null, timestamp, false)
                : new Input(name, otherKey, value, sentence, timestamp, bad);
    }

    Input at(long time) {
        return new Input(stream, key, value, sentence, time, bad);
    }
}
