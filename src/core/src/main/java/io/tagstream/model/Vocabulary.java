package io.tagstream.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one feature and their ids. Id 0 is every value that is not in the vocabulary, id 1 the end symbol that
 * follows a sentence where a model looks ahead; the entries count from {@link #FIRST_ENTRY}. Immutable.
 */
public final class Vocabulary {
    public static final int UNKNOWN = 0;
    public static final int END = 1;
    public static final int FIRST_ENTRY = 2;

    private final List<String> entries;
    private final Map<String, Integer> ids;

    /**
     * @param entries distinct values without line breaks
     * @throws IllegalArgumentException if a value is doubled or holds a line break
     */
    public Vocabulary(List<String> entries) {
        this.entries = List.copyOf(entries);
        this.ids = new HashMap<>(entries.size() * 2);
        for (String entry : this.entries) {
            if (entry.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a vocabulary entry holds a line break");
            }
            if (ids.put(entry, FIRST_ENTRY + ids.size()) != null) {
                throw new IllegalArgumentException("vocabulary entry '" + entry + "' is there twice");
            }
        }
    }

    public List<String> entries() {
        return entries;
    }

    /** The number of ids: the entries, the unknown and the end symbol. */
    public int size() {
        return FIRST_ENTRY + entries.size();
    }

    /** The id of a value; {@link #UNKNOWN} if it is not in the vocabulary. */
    public int id(String value) {
        return ids.getOrDefault(value, UNKNOWN);
    }
}
