package io.tagstream.tokenize;

import io.tagstream.text.Whitespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A sentence's raw text and where its words begin and end, clitics of multiword tokens apart: what a tokenizer should find.
 *
 * @param begins the offsets at which words begin
 * @param ends the offset after each word, in order
 */
record GoldText(String text, List<Integer> begins, List<Integer> ends) {
    /** The sentences of a CoNLL-U file; a multiword token must be its words put together, as in all of EWT. */
    static List<GoldText> read(Path file) throws IOException {
        List<GoldText> sentences = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String text = "";
            List<String> forms = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("# text = ")) {
                    text = line.substring("# text = ".length());
                } else if (line.isEmpty() && !forms.isEmpty()) {
                    sentences.add(of(text, forms));
                    forms.clear();
                } else if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
                    String[] columns = line.split("\t", 3);
                    if (columns[0].chars().allMatch(Character::isDigit)) {
                        forms.add(columns[1]);
                    }
                }
            }
            if (!forms.isEmpty()) {
                sentences.add(of(text, forms));
            }
        }
        return sentences;
    }

    /** Words as they stand in a text, in order. */
    static GoldText of(String text, List<String> forms) {
        List<Integer> begins = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        int at = 0;
        for (String form : forms) {
            while (Whitespace.is(text.charAt(at))) {
                at++;
            }
            if (!text.startsWith(form, at)) {
                throw new IllegalArgumentException("no '" + form + "' at " + at + " in: " + text);
            }
            begins.add(at);
            at += form.length();
            ends.add(at);
        }
        return new GoldText(text, begins, ends);
    }

    /** Where a word begins inside the chunk {@code [start, end)}, relative to it. */
    BitSet cuts(int start, int end) {
        BitSet cuts = new BitSet();
        for (int begin : begins) {
            if (begin > start && begin < end) {
                cuts.set(begin - start);
            }
        }
        return cuts;
    }
}
