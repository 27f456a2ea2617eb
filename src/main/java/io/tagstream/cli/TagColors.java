package io.tagstream.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A colour for each tag, and what the universal part-of-speech tags mean. */
final class TagColors {
    /** Of 256 colours those that can be read on white and on black. */
    private static final int[] PALETTE = {33, 167, 71, 172, 135, 37, 169, 107, 62, 173, 103, 132, 29, 208, 98, 139, 66};
    /** What is least of interest. */
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
    TagColors(List<String> tags) {
        int next = 0;
        for (String tag : tags) {
            boolean dull = tag.equals("PUNCT") || tag.equals("SYM") || tag.equals("X") || tag.equals("O");
            styles.put(tag, "\u001b[38;5;" + (dull ? GREY : PALETTE[next++ % PALETTE.length]) + "m");
        }
    }

    /** The escape sequence that turns the tag's colour on; empty for a tag that the model does not have. */
    String style(String tag) {
        return styles.getOrDefault(tag, "");
    }

    /** The tag and, where it is known, its meaning. */
    static String explained(String tag) {
        String meaning = MEANINGS.get(tag);
        return meaning == null ? tag : tag + " " + meaning;
    }
}
