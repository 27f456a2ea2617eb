package io.tagstream.format;

import io.tagstream.event.SchemaHistory;
import io.tagstream.event.SentenceEvent;
import io.tagstream.event.SingleObjectReader;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.SentenceChecks;

/** Reads {@code SentenceEvent} in Avro's single-object encoding. */
final class AvroSentenceDecoder implements EventDecoder {
    private final SingleObjectReader<SentenceEvent> reader =
            new SingleObjectReader<>(SentenceEvent.getClassSchema(), SchemaHistory.of("SentenceEvent"));

    @Override
    public IncomingSentence decode(byte[] value) throws UndecodableEventException {
        SentenceEvent event = reader.read(value);
        return SentenceChecks.checked(
                event.getSentenceId(), event.getText(), event.getTokens(), event.getBeginsDocument());
    }
}
