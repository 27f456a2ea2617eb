package io.tagstream.terminal;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A colour for each tag, and what the universal part-of-speech tags mean. */
public final class TagColors {
    /** Of 256 colours those that can be read on white and on black, those that differ most first. */
    private static final int[] PALETTE = {33, 167, 71, 135, 172, 37, 169, 103, 107, 62, 208, 132, 98, 139, 66, 173};
    /** The tags that get the first colours, because most words have them. */
    private static final List<String> FREQUENT =
            List.of("NOUN", "VERB", "ADJ", "PRON", "ADP", "PROPN", "AUX", "DET", "ADV", "NUM");
    /** What is least of interest. */
    private static final Set<String> DULL = Set.of("PUNCT", "SYM", "X", "O");

    private static final int GREY = 244;

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("ADJ", "adjective"),
            Map.entry("ADP", "preposition"),
            Map.entry("ADV", "adverb"),
            Map.entry("AUX", "auxiliary"),
            Map.entry("CCONJ", "and/or"),
            Map.entry("DET", "article"),
            Map.entry("INTJ", "interjection"),
            Map.entry("NOUN", "noun"),
            Map.entry("NUM", "number"),
            Map.entry("PART", "particle"),
            Map.entry("PRON", "pronoun"),
            Map.entry("PROPN", "name"),
            Map.entry("PUNCT", "punctuation"),
            Map.entry("SCONJ", "if/that"),
            Map.entry("SYM", "symbol"),
            Map.entry("VERB", "verb"),
            Map.entry("X", "other"));

    private final Map<String, String> styles = new HashMap<>();

    /** @param tags of the model, in its order */
    public TagColors(List<String> tags) {
        Set<String> ordered = new LinkedHashSet<>(FREQUENT);
        ordered.retainAll(tags);
        ordered.addAll(tags);
        int next = 0;
        for (String tag : ordered) {
            int color = DULL.contains(tag) ? GREY : PALETTE[next++ % PALETTE.length];
            styles.put(tag, "\u001b[38;5;" + color + "m");
        }
    }

    /** The escape sequence that turns the tag's colour on; empty for a tag that the model does not have. */
    public String style(String tag) {
        return styles.getOrDefault(tag, "");
    }

    /** The tag and, where it is known, its meaning. */
    public static String explained(String tag) {
        String meaning = MEANINGS.get(tag);
        return meaning == null ? tag : tag + " " + meaning;
    }
}
