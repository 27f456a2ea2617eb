package io.tagstream.format;

import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.OutgoingSentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes events of every shape from a seed: the plain ones, the odd ones and the ones at the edges. */
public final class RandomEvents {
    private static final List<String> PIECES = List.of(
            "apple",
            "don't",
            "Ünïcödé",
            "e\u0301",
            "👩🏽‍💻",
            "🇩🇪",
            "שלום",
            "\u202Eعربى\u202C",
            "日本語",
            "\u0000",
            "\uFFFD",
            "\uFEFF",
            "\"quoted\"",
            "back\\slash",
            "\t",
            "\n",
            "\r",
            "\u2028",
            "\uD83D\uDE00",
            "{\"text\":1}",
            " ",
            "\u007F",
            "\u0080",
            "\u07FF",
            "\u0800",
            "\uFFFF",
            "\uDBFF\uDFFF");

    private final Random random;

    public RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    IncomingSentence incoming() {
        String id = random.nextBoolean() ? "" : text();
        boolean begins = random.nextBoolean();
        if (random.nextBoolean()) {
            return new IncomingSentence(id, text(), null, begins);
        }
        List<String> tokens = new ArrayList<>();
        for (int i = size(); i > 0; i--) {
            tokens.add(form());
        }
        return new IncomingSentence(id, null, tokens, begins);
    }

    public OutgoingSentence outgoing() {
        List<TokenTags> tokens = new ArrayList<>();
        for (int i = size(); i > 0; i--) {
            tokens.add(tagged());
        }
        return new OutgoingSentence(
                text(),
                random.nextBoolean() ? 1 : Long.MAX_VALUE,
                "model@0123456789abcdef",
                random.nextBoolean() ? null : new EventSource(text(), random.nextInt(), random.nextLong()),
                random.nextBoolean() ? null : text(),
                tokens,
                random.nextInt(8) == 0 ? null : String.format("%016x", random.nextLong()));
    }

    TokenTags tagged() {
        Map<String, String> tags = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.put(form(), form());
        }
        boolean placed = random.nextBoolean();
        Token token = placed ? new Token(form(), random.nextInt(1000), random.nextInt()) : Token.of(form());
        return new TokenTags(token, form(), score(), tags);
    }

    /** Now and then a float of any bits at all, to make the shortest form of it work. */
    float score() {
        float any = Float.intBitsToFloat(random.nextInt());
        return switch (random.nextInt(4)) {
            case 0 -> Float.isFinite(any) ? any : 0;
            case 1 -> random.nextInt(2);
            default -> random.nextFloat();
        };
    }

    public String form() {
        return PIECES.get(random.nextInt(PIECES.size())) + (random.nextInt(5) == 0 ? text() : "");
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private int size() {
        return switch (random.nextInt(40)) {
            case 0 -> 0;
            case 1 -> 600;
            default -> random.nextInt(12);
        };
    }
}
