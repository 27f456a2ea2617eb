package io.tagstream.wire;

import io.tagstream.event.SentenceEvent;

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
