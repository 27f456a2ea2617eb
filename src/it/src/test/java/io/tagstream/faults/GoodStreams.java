package io.tagstream.faults;

import io.tagstream.fixture.StreamCorpus;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import java.util.List;
import java.util.Random;

/** Streams of nothing but good sentences, in a format of choice, that do not end. The same seed gives the same records. */
final class GoodStreams {
    /** How many there are. */
    static final int COUNT = 40;

    private static final List<List<String>> LINES = StreamCorpus.streams(COUNT);
    /** Of sentences, one in so many begins a document. */
    private static final int DOCUMENT = 20;

    private final InputFormat format;
    private final Random random;
    private final int[] places = new int[COUNT];
    private int made;

    GoodStreams(InputFormat format, long seed) {
        this.format = format;
        this.random = new Random(seed);
    }

    /** The next sentence of some stream. */
    Input next() {
        return next(random.nextInt(COUNT));
    }

    /** The next sentence of a stream. */
    Input next(int stream) {
        List<String> lines = LINES.get(stream);
        return saying(stream, lines.get(places[stream]++ % lines.size()), random.nextInt(DOCUMENT) == 0);
    }

    /** A sentence of a stream that says something else. */
    Input saying(int stream, String text) {
        return saying(stream, text, false);
    }

    private Input saying(int stream, String text, boolean beginsDocument) {
        // A line of text has neither an id nor a mark.
        IncomingSentence sentence = format == InputFormat.TEXT
                ? new IncomingSentence("", text, null, false)
                : new IncomingSentence(name(stream) + "/" + made++, text, null, beginsDocument);
        return Input.sentence(name(stream), sentence, format);
    }

    /** An id that no sentence has yet. */
    String newId(int stream) {
        return name(stream) + "/" + made++;
    }

    static String name(int stream) {
        return "stream-" + stream;
    }
}
