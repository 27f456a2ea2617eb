package io.tagstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.StreamCorpus;
import io.tagstream.format.WireFormats;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.state.StreamState;
import io.tagstream.state.StreamStateCodec;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any split of a stream over commits and restarts gives the same bytes, with the model that is shipped. */
class ShippedModelTest {
    private static final int STREAMS = 40;
    private static final double COMMIT = 0.3;
    private static final double RESTART = 0.02;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveTheSameBytesHoweverAStreamIsSplit(long seed) throws Exception {
        Random random = new Random(seed);
        Tokenizer tokenizer = Tokenizers.named(Tokenizers.UD_ENGLISH);
        EventEncoder encoder = WireFormats.encoder(OutputFormat.AVRO, Emit.SENTENCE);
        TaggerModel model = open();
        SentenceTagger tagger = model.newTagger();
        try {
            for (List<String> stream : StreamCorpus.streams(STREAMS)) {
                List<byte[]> expected = new ArrayList<>();
                StreamState whole = StreamState.begin(HiddenState.zero(model.contract()));
                for (String sentence : stream) {
                    TaggedText tagged = tagger.tag(tokenizer.tokenize(sentence), whole.hidden());
                    whole = whole.next(tagged.tokens().size(), 0, tagged.next());
                    expected.addAll(encoder.encode(outgoing(model, whole, tagged)));
                }
                List<byte[]> split = new ArrayList<>();
                StreamState state = StreamState.begin(HiddenState.zero(model.contract()));
                for (String sentence : stream) {
                    if (random.nextDouble() < COMMIT) {
                        StreamStateCodec codec = new StreamStateCodec(model.fingerprint(), state.hidden());
                        state = codec.decode(codec.encode(state));
                    }
                    if (random.nextDouble() < RESTART) {
                        tagger.close();
                        model.close();
                        model = open();
                        tagger = model.newTagger();
                    }
                    TaggedText tagged = tagger.tag(tokenizer.tokenize(sentence), state.hidden());
                    state = state.next(tagged.tokens().size(), 0, tagged.next());
                    split.addAll(encoder.encode(outgoing(model, state, tagged)));
                }
                assertThat(split).as("seed %d", seed).containsExactlyElementsOf(expected);
            }
        } finally {
            tagger.close();
            model.close();
        }
    }

    private static OutgoingSentence outgoing(TaggerModel model, StreamState state, TaggedText tagged) {
        return new OutgoingSentence(
                "",
                state.sequence(),
                model.id(),
                tagged.tokens(),
                state.hidden().digest());
    }

    private static TaggerModel open() throws IOException {
        try (InputStream in = ShippedModelTest.class.getResourceAsStream("/models/en.onnx")) {
            if (in == null) {
                throw new IOException("the shipped model is not on the class path");
            }
            return TaggerModel.open(in.readAllBytes(), "en");
        }
    }
}
