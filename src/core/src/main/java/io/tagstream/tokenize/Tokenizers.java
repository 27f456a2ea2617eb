package io.tagstream.tokenize;

import io.tagstream.text.UsageException;
import java.util.List;

/** The tokenizers that a model contract can name. */
public final class Tokenizers {
    /** Words by the conventions of UD English. */
    public static final String UD_ENGLISH = "ud-english";
    /** Whatever stands between whitespace: for text whose tokens are already apart. */
    public static final String WHITESPACE = "whitespace";

    private Tokenizers() {}

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return List.of(UD_ENGLISH, WHITESPACE);
    }

    /**
     * A new tokenizer, for one thread.
     *
     * @throws UsageException if there is none of that name
     */
    public static Tokenizer named(String name) {
        return switch (name) {
            case UD_ENGLISH -> new UdEnglishTokenizer();
            case WHITESPACE -> new WhitespaceTokenizer();
            default ->
                throw new UsageException(
                        "there is no tokenizer '" + name + "': known are " + String.join(", ", names()));
        };
    }
}
