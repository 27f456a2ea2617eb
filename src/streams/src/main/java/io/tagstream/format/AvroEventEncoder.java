package io.tagstream.format;

import io.tagstream.event.SingleObjectWriter;
import io.tagstream.event.Source;
import io.tagstream.event.TaggedSentence;
import io.tagstream.event.TaggedToken;
import io.tagstream.event.TokenEvent;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingChecks;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code TaggedSentence} or {@code TokenEvent} in Avro's single-object encoding, tags in the order of their layers' names. */
final class AvroEventEncoder implements EventEncoder {
    private final Emit emit;
    private final SingleObjectWriter<TaggedSentence> sentences =
            new SingleObjectWriter<>(TaggedSentence.getClassSchema());
    private final SingleObjectWriter<TokenEvent> tokens = new SingleObjectWriter<>(TokenEvent.getClassSchema());

    AvroEventEncoder(Emit emit) {
        this.emit = emit;
    }

    @Override
    public List<byte[]> encode(OutgoingSentence sentence) {
        OutgoingChecks.check(sentence);
        return switch (emit) {
            case SENTENCE -> List.of(sentences.write(event(sentence)));
            case TOKEN -> {
                List<byte[]> values = new ArrayList<>(sentence.tokens().size());
                for (OutgoingToken token : OutgoingToken.split(sentence)) {
                    values.add(tokens.write(event(token)));
                }
                yield values;
            }
        };
    }

    private static TaggedSentence event(OutgoingSentence sentence) {
        List<TaggedToken> tagged = new ArrayList<>(sentence.tokens().size());
        for (TokenTags token : sentence.tokens()) {
            tagged.add(event(token));
        }
        return new TaggedSentence(
                sentence.sentenceId(),
                sentence.sequence(),
                sentence.model(),
                source(sentence.source()),
                sentence.text(),
                tagged,
                sentence.stateDigest());
    }

    private static @Nullable Source source(@Nullable EventSource source) {
        return source == null ? null : new Source(source.topic(), source.partition(), source.offset());
    }

    private static TokenEvent event(OutgoingToken token) {
        return new TokenEvent(
                token.sentenceId(),
                token.sequence(),
                token.index(),
                token.count(),
                event(token.token()),
                token.model(),
                source(token.source()),
                token.stateDigest());
    }

    private static TaggedToken event(TokenTags tagged) {
        return new TaggedToken(
                tagged.token().form(),
                tagged.token().start(),
                tagged.token().end(),
                tagged.tag(),
                tagged.score(),
                OutgoingChecks.sorted(tagged.tags()));
    }
}
