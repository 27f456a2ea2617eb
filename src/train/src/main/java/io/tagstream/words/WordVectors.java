package io.tagstream.words;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pre-trained word vectors by lower-case word, in the order of their file, which is that of frequency.
 *
 * @param width numbers a vector; 0 where there are none
 * @param byWord at least the words that were asked for and are in the file
 */
public record WordVectors(int width, Map<String, float[]> byWord) {
    public static final WordVectors NONE = new WordVectors(0, Map.of());

    public WordVectors {
        byWord = Collections.unmodifiableMap(new LinkedHashMap<>(byWord));
    }
}
