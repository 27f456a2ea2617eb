package io.tagstream.faults;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.format.WireFormats;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what must come out: the tagger in a loop, one record after the other, without Kafka and without faults. It goes on where it
 * stopped, and can be given another model on the way, as an application that is started again.
 */
final class Oracle implements AutoCloseable {
    private static final long LATEST = Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli() - 1;

    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Long> times = new HashMap<>();
    private final Tokenizer tokenizer = Tokenizers.named(Tokenizers.UD_ENGLISH);
    private final EventDecoder decoder = WireFormats.decoder(InputFormat.AVRO);
    private TaggerModel model;
    private SentenceTagger tagger;
    private long ttl;

    Oracle(Path modelFile) {
        model = TaggerModel.open(modelFile);
        tagger = model.newTagger();
    }

    /** Goes on with another model, to which the states of the one before are no use: the sequences run through. */
    void change(Path modelFile) {
        close();
        model = TaggerModel.open(modelFile);
        tagger = model.newTagger();
    }

    /** Some streams start over, as where their states are of no use to anybody. */
    void forget(Collection<String> streams) {
        states.keySet().removeAll(streams);
        sequences.keySet().removeAll(streams);
        times.keySet().removeAll(streams);
    }

    /** All streams start over, as where their states were lost. */
    void forgetAll() {
        states.clear();
        sequences.clear();
        times.clear();
    }

    /** From here on a stream starts over whose next event is more than this after its last one. */
    void expire(Duration timeToLive) {
        ttl = timeToLive.toMillis();
    }

    /** What one more record gives; null where it gives nothing, or a dead letter. */
    @Nullable
    OutgoingSentence next(Input input) {
        if (input.bad()) {
            return null;
        }
        if (input.value() == null) {
            forget(List.of(input.stream()));
            return null;
        }
        IncomingSentence sentence = input.sentence() == null ? decoded(input.value()) : input.sentence();
        if (ttl > 0) {
            passTime(input);
        }
        TaggedText tagged = tagger.tag(tokens(sentence), before(input.stream(), sentence));
        states.put(input.stream(), new State(model.fingerprint(), tagged.next()));
        return new OutgoingSentence(
                sentence.sentenceId(),
                sequences.merge(input.stream(), 1L, Long::sum),
                model.id(),
                tagged.tokens(),
                tagged.next().digest());
    }

    private HiddenState before(String stream, IncomingSentence sentence) {
        State state = states.get(stream);
        return state == null || !state.model().equals(model.fingerprint()) || sentence.beginsDocument()
                ? HiddenState.zero(model.contract())
                : state.value();
    }

    /** A stream's memory, of use to its model alone. */
    private record State(String model, HiddenState value) {}

    private IncomingSentence decoded(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableEventException e) {
            throw new IllegalStateException("a good record is bad", e);
        }
    }

    private void passTime(Input input) {
        // A time beyond the year 9999 counts as the end of that year.
        long time = Math.min(
                LATEST, Objects.requireNonNull(input.timestamp(), "with a time to live each record needs a time"));
        Long last = times.get(input.stream());
        if (last != null && time - last > ttl) {
            forget(List.of(input.stream()));
        }
        // Such a time says nothing about its stream.
        times.merge(input.stream(), time, (before, now) -> before >= LATEST ? now : Math.max(before, now));
    }

    private List<Token> tokens(IncomingSentence sentence) {
        List<String> forms = sentence.tokens();
        return forms == null
                ? tokenizer.tokenize(String.valueOf(sentence.text()))
                : forms.stream().map(Token::of).toList();
    }

    @Override
    public void close() {
        tagger.close();
        model.close();
    }
}
