package io.tagstream.tokenize;

import io.tagstream.text.Token;
import io.tagstream.text.Whitespace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Cuts English text into words as the UD treebank EWT does: clitics apart ({@code do n't}, {@code it 's}), most hyphens and
 * slashes apart, addresses, times and emoticons whole. What a text gives depends on that text alone. Time and memory are linear
 * in its length.
 */
public final class UdEnglishTokenizer implements Tokenizer {
    private final ChunkCutter cutter;

    /** With the model that ships with this build. */
    public UdEnglishTokenizer() {
        this(BoundaryModel.shipped());
    }

    UdEnglishTokenizer(BoundaryModel model) {
        cutter = new ChunkCutter(model);
    }

    @Override
    public List<Token> tokenize(String text) {
        int length = text.length();
        List<Token> tokens = new ArrayList<>(length / 5 + 4);
        for (int at = 0; at < length; ) {
            if (Whitespace.is(text.charAt(at))) {
                at++;
                continue;
            }
            int start = at;
            boolean letters = true;
            while (at < length && !Whitespace.is(text.charAt(at))) {
                letters &= Runs.isAsciiLetter(text.charAt(at));
                at++;
            }
            if (letters) {
                addWord(text, start, at, tokens);
            } else if (isWordAndComma(text, start, at)) {
                addWord(text, start, at - 1, tokens);
                add(text, at - 1, at, tokens);
            } else {
                addChunk(text, start, at, tokens);
            }
        }
        return tokens;
    }

    /** The commonest chunk that is not a plain word, and always two tokens: not worth asking the model. */
    private static boolean isWordAndComma(String text, int start, int end) {
        int last = end - 1;
        if (last == start || text.charAt(last) != ',') {
            return false;
        }
        for (int at = start; at < last; at++) {
            if (!Runs.isAsciiLetter(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static void addWord(String text, int start, int end, List<Token> tokens) {
        int from = start;
        int cuts = WordCuts.of(text, start, end);
        if (cuts == 0) {
            cuts = Homographs.cuts(text, start, end);
        }
        for (int letter = 1; cuts >> letter != 0; letter++) {
            if ((cuts >> letter & 1) != 0) {
                add(text, from, start + letter, tokens);
                from = start + letter;
            }
        }
        add(text, from, end, tokens);
    }

    private void addChunk(String text, int start, int end, List<Token> tokens) {
        String chunk = text.substring(start, end);
        BitSet cuts = cutter.cut(chunk, Follower.after(text, end));
        int from = start;
        for (int cut = cuts.nextSetBit(1); cut >= 0; cut = cuts.nextSetBit(cut + 1)) {
            add(text, from, start + cut, tokens);
            from = start + cut;
        }
        add(text, from, end, tokens);
    }

    private static void add(String text, int start, int end, List<Token> tokens) {
        tokens.add(new Token(text.substring(start, end), start, end));
    }
}
