package io.tagstream.faults;

import io.tagstream.fixture.StreamCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Real sentences of streams of uneven lengths, mixed, each stream in its order and going round; with documents that begin, bad
 * records, blank sentences and ends of streams between. Each sentence id is there once. The same seed gives the same records.
 */
final class Mixture {
    private static final List<List<String>> STREAMS = StreamCorpus.streams(150);
    /** Of sentences, one in so many begins a document. */
    private static final int DOCUMENT = 20;
    /** Of records, one in so many is bad, one is blank, one ends its stream. */
    private static final int ODD = 60;

    private final Random random;
    private final int[] places = new int[STREAMS.size()];
    private int made;

    Mixture(long seed) {
        random = new Random(seed);
    }

    /** So many more. */
    List<Input> next(int count) {
        List<Input> inputs = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            inputs.add(next());
        }
        return inputs;
    }

    private Input next() {
        // The square makes some streams long and some short.
        int chosen = (int) (STREAMS.size() * Math.pow(random.nextDouble(), 2));
        String stream = "stream-" + chosen;
        String id = stream + "/" + made++;
        return switch (random.nextInt(ODD)) {
            case 0 -> Input.bad(stream, made);
            case 1 -> Input.sentence(stream, id, " ", false);
            case 2 -> new Input(stream, null, null, false);
            default -> {
                List<String> lines = STREAMS.get(chosen);
                String text = lines.get(places[chosen]++ % lines.size());
                yield Input.sentence(stream, id, text, random.nextInt(DOCUMENT) == 0);
            }
        };
    }
}
