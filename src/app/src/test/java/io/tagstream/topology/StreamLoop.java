package io.tagstream.topology;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import io.tagstream.wire.OutgoingSentence;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What must come out: the tagger in a loop, with a state for each stream, without sources. */
final class StreamLoop {
    private final TaggerModel model;
    private final SentenceTagger tagger;
    private final Map<String, HiddenState> states = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();

    StreamLoop(TaggerModel model, SentenceTagger tagger) {
        this.model = model;
        this.tagger = tagger;
    }

    OutgoingSentence next(String stream, String id, String... words) {
        TaggedText tagged = tag(states.getOrDefault(stream, HiddenState.zero(model.contract())), words);
        states.put(stream, tagged.next());
        return new OutgoingSentence(
                id,
                sequences.merge(stream, 1L, Long::sum),
                model.id(),
                tagged.tokens(),
                tagged.next().digest());
    }

    /** Of a sentence without memory. */
    OutgoingSentence alone(String id, String... words) {
        TaggedText tagged = tag(HiddenState.zero(model.contract()), words);
        return new OutgoingSentence(id, 0, model.id(), tagged.tokens(), null);
    }

    void end(String stream) {
        states.remove(stream);
        sequences.remove(stream);
    }

    private TaggedText tag(HiddenState state, String... words) {
        return tagger.tag(Stream.of(words).map(Token::of).toList(), state);
    }
}
