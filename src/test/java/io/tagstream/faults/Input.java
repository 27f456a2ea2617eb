package io.tagstream.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.StreamCorpus;
import io.tagstream.wire.IncomingSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    private static final int STREAMS = 150;
    /** Of records, one in so many begins a document, is bad, is blank, ends its stream. */
    private static final int DOCUMENT = 20;

    private static final int ODD = 60;

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

    /**
     * Real sentences of streams of uneven lengths, mixed, each stream in its order and going round; with documents that begin, bad
     * records, blank sentences and ends of streams between. Each sentence id is there once. The same seed gives the same records.
     */
    static List<Input> mixed(long seed, int count) {
        Random random = new Random(seed);
        List<List<String>> corpus = StreamCorpus.streams(STREAMS);
        int[] next = new int[STREAMS];
        List<Input> inputs = new ArrayList<>(count);
        while (inputs.size() < count) {
            // The square makes some streams long and some short.
            int chosen = (int) (STREAMS * Math.pow(random.nextDouble(), 2));
            List<String> lines = corpus.get(chosen);
            String stream = "stream-" + chosen;
            String id = stream + "/" + inputs.size();
            switch (random.nextInt(ODD)) {
                case 0 -> inputs.add(bad(stream, inputs.size()));
                case 1 -> inputs.add(sentence(stream, id, " ", false));
                case 2 -> inputs.add(new Input(stream, null, null, false));
                default -> {
                    String text = lines.get(next[chosen]++ % lines.size());
                    inputs.add(sentence(stream, id, text, random.nextInt(DOCUMENT) == 0));
                }
            }
        }
        return inputs;
    }
}
