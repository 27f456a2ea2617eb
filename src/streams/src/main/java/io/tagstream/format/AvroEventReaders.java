package io.tagstream.format;

import io.tagstream.event.SchemaHistory;
import io.tagstream.event.SingleObjectReader;
import io.tagstream.event.Source;
import io.tagstream.event.TaggedSentence;
import io.tagstream.event.TaggedToken;
import io.tagstream.event.TokenEvent;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import io.tagstream.wire.SentenceChecks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tagged sentences and tokens in Avro's single-object encoding. */
final class AvroEventReaders {
    private AvroEventReaders() {}

    static EventReader<OutgoingSentence> sentences() {
        SingleObjectReader<TaggedSentence> reader =
                new SingleObjectReader<>(TaggedSentence.getClassSchema(), SchemaHistory.of("TaggedSentence"));
        return value -> sentence(reader.read(value));
    }

    static EventReader<OutgoingToken> tokens() {
        SingleObjectReader<TokenEvent> reader =
                new SingleObjectReader<>(TokenEvent.getClassSchema(), SchemaHistory.of("TokenEvent"));
        return value -> token(reader.read(value));
    }

    private static OutgoingSentence sentence(TaggedSentence event) throws UndecodableEventException {
        List<TokenTags> tokens = new ArrayList<>(event.getTokens().size());
        for (TaggedToken token : event.getTokens()) {
            tokens.add(tagged(token));
        }
        return new OutgoingSentence(
                event.getSentenceId(),
                event.getSequence(),
                event.getModel(),
                source(event.getSource()),
                event.getText(),
                tokens,
                SentenceChecks.digest(event.getStateDigest()));
    }

    private static @Nullable EventSource source(@Nullable Source source) {
        return source == null ? null : new EventSource(source.getTopic(), source.getPartition(), source.getOffset());
    }

    private static OutgoingToken token(TokenEvent event) throws UndecodableEventException {
        TokenTags tagged = tagged(event.getToken());
        try {
            return new OutgoingToken(
                    event.getSentenceId(),
                    event.getSequence(),
                    event.getIndex(),
                    event.getCount(),
                    tagged,
                    event.getModel(),
                    source(event.getSource()),
                    SentenceChecks.digest(event.getStateDigest()));
        } catch (IllegalArgumentException e) { // says numbers alone
            throw new UndecodableEventException(String.valueOf(e.getMessage()));
        }
    }

    private static TokenTags tagged(TaggedToken token) throws UndecodableEventException {
        if (token.getForm().isEmpty()) {
            throw new UndecodableEventException("a token is empty");
        }
        return new TokenTags(
                new Token(token.getForm(), token.getStart(), token.getEnd()),
                token.getTag(),
                token.getScore(),
                token.getTags());
    }
}
