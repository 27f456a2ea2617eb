package io.tagstream.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Documents side by side: each stream advances through its document a piece a step and then takes the next document. The
 * batch stays full until the documents run out.
 */
final class DocumentStreams {
    private final Iterator<List<Piece>> documents;
    private final Predicate<List<Piece>> inLowerCase;
    private final @Nullable List<Piece>[] current;
    private final int[] position;
    private final boolean[] lowerCase;

    /**
     * @param documents each at least one piece; asked for one at a time, when a stream is free
     * @param streams how many side by side
     * @param inLowerCase asked once for each document as it starts
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    DocumentStreams(Iterator<List<Piece>> documents, int streams, Predicate<List<Piece>> inLowerCase) {
        this.documents = documents;
        this.inLowerCase = inLowerCase;
        this.current = new List[streams];
        this.position = new int[streams];
        this.lowerCase = new boolean[streams];
        Arrays.fill(position, 0);
    }

    /** The next piece of every stream that has one; empty when all documents are through. */
    List<Turn> next() {
        List<Turn> turns = new ArrayList<>();
        for (int stream = 0; stream < current.length; stream++) {
            List<Piece> document = current[stream];
            if (document == null || position[stream] == document.size()) {
                if (!documents.hasNext()) {
                    current[stream] = null;
                    continue;
                }
                document = documents.next();
                current[stream] = document;
                position[stream] = 0;
                lowerCase[stream] = inLowerCase.test(document);
            }
            int at = position[stream]++;
            turns.add(new Turn(document.get(at), stream, at == 0, lowerCase[stream]));
        }
        return turns;
    }
}
