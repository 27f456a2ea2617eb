package io.tagstream.topology;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.TaggedText;
import io.tagstream.settings.StreamMemory;
import io.tagstream.settings.StreamSettings;
import io.tagstream.state.StreamState;
import io.tagstream.stream.BadRecordException;
import io.tagstream.stream.SentenceTagging;
import io.tagstream.text.Token;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.OutgoingSentence;
import java.util.List;
import java.util.function.Supplier;

/** Tags records that are sentence events, and puts out tagged sentences or tokens of our schemas. */
final class EventTagging implements RecordTagging {
    private final StreamSettings settings;
    private final TaggingParts parts;
    private final SentenceTagging sentences;
    private final HiddenState zero;
    private final EventDecoder decoder;
    private final EventEncoder encoder;

    EventTagging(StreamSettings settings, TaggingParts parts, SentenceTagging sentences) {
        this.settings = settings;
        this.parts = parts;
        this.sentences = sentences;
        this.zero = HiddenState.zero(parts.model().contract());
        this.decoder = parts.decoder().get();
        this.encoder = parts.encoder().get();
    }

    @Override
    public TaggedRecord tag(byte[] value, EventSource source, long eventTime, Supplier<StreamState> before) {
        IncomingSentence sentence = decode(value);
        List<Token> tokens = sentences.tokens(sentence);
        sentences.checkCount(tokens.size(), "the sentence has");
        StreamState state = before.get();
        TaggedText tagged = sentences.tag(tokens, sentence.beginsDocument() ? zero : state.hidden());
        StreamState after = state.next(tokens.size(), eventTime, tagged.next());
        boolean remembers = settings.memory() == StreamMemory.STREAM;
        List<byte[]> values = encode(new OutgoingSentence(
                sentence.sentenceId().isEmpty() ? source.id() : sentence.sentenceId(),
                remembers ? after.sequence() : 0,
                parts.model().id(),
                source,
                settings.includeText() ? sentence.text() : null,
                tagged.tokens(),
                remembers ? tagged.next().digest() : null));
        return new TaggedRecord(values, after, 1, tokens.size());
    }

    private IncomingSentence decode(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableEventException e) {
            throw new BadRecordException(e.getMessage());
        }
    }

    private List<byte[]> encode(OutgoingSentence sentence) {
        try {
            return encoder.encode(sentence);
        } catch (IllegalArgumentException e) {
            // The encoder's word for a sentence that its format cannot say.
            throw new BadRecordException("the tagged sentence cannot be written: " + e.getMessage());
        }
    }
}
