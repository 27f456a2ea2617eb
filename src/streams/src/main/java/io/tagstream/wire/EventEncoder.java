package io.tagstream.wire;

import java.util.List;

/** Writes what is put out for one sentence. An instance belongs to one thread. */
public interface EventEncoder {
    /** The record values for one sentence in their order: one a sentence, or one a token (none for a sentence without tokens). */
    List<byte[]> encode(OutgoingSentence sentence);
}
