package io.tagstream.batch;

import io.tagstream.encode.Piece;
import io.tagstream.encode.Turn;
import io.tagstream.encode.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Documents side by side: each stream advances through its document a piece a step and then takes the next document. The
 * batch stays full until the documents run out.
 */
public final class DocumentStreams {
    private final Iterator<List<Piece>> documents;
    private final Function<List<Piece>, View> viewOf;
    private final @Nullable List<Piece>[] current;
    private final long[] ordinal;
    private final int[] position;
    private final View[] view;
    private long taken;

    /**
     * @param documents each at least one piece; asked for one at a time, when a stream is free
     * @param streams how many side by side
     * @param viewOf asked once for each document as it starts
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public DocumentStreams(Iterator<List<Piece>> documents, int streams, Function<List<Piece>, View> viewOf) {
        this.documents = documents;
        this.viewOf = viewOf;
        this.current = new List[streams];
        this.ordinal = new long[streams];
        this.position = new int[streams];
        this.view = new View[streams];
        Arrays.fill(view, View.AS_WRITTEN);
    }

    /**
     * Where every stream is.
     *
     * @param taken how many documents have been asked for
     * @param streams by stream
     */
    public record Position(long taken, List<Place> streams) {}

    /**
     * Where a stream is.
     *
     * @param document its document, counted from 0 as they were asked for; {@link Place#NONE} for none
     * @param piece the piece that is next, from 0
     * @param view how its document is shown
     */
    public record Place(long document, int piece, View view) {
        static final long NONE = -1;
    }

    public Position position() {
        List<Place> places = new ArrayList<>();
        for (int stream = 0; stream < current.length; stream++) {
            long document = current[stream] == null ? Place.NONE : ordinal[stream];
            places.add(new Place(document, position[stream], view[stream]));
        }
        return new Position(taken, places);
    }

    /** Goes to where other streams over the same documents were; none may have been asked for yet. */
    public void restore(Position to) {
        Map<Long, Integer> streams = new HashMap<>();
        for (int stream = 0; stream < current.length; stream++) {
            Place place = to.streams().get(stream);
            ordinal[stream] = place.document();
            position[stream] = place.piece();
            view[stream] = place.view();
            streams.put(place.document(), stream);
        }
        for (taken = 0; taken < to.taken(); taken++) {
            List<Piece> document = documents.next();
            Integer stream = streams.get(taken);
            if (stream != null) {
                current[stream] = document;
            }
        }
    }

    /** The next piece of every stream that has one; empty when all documents are through. */
    public List<Turn> next() {
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
                ordinal[stream] = taken;
                taken++;
                position[stream] = 0;
                view[stream] = viewOf.apply(document);
            }
            int at = position[stream]++;
            turns.add(new Turn(document.get(at), stream, at == 0, view[stream]));
        }
        return turns;
    }
}
