package io.tagstream.recipe;

import io.tagstream.text.UsageException;

/**
 * What a model file is to say of itself beside what training finds out.
 *
 * @param name the model's name, not empty
 * @param language a BCP 47 tag
 * @param tokenizer the name of the tokenizer for raw text
 * @param precision how the file holds the weights
 * @param data the training data in words, may be empty
 * @param licence the licence of the model or its data, may be empty
 * @param date the date of training, empty so that the same seed gives the same file
 */
public record ModelIdentity(
        String name, String language, String tokenizer, Precision precision, String data, String licence, String date) {
    public static final String DEFAULT_NAME = "en";
    public static final String DEFAULT_LANGUAGE = "en";
    public static final String DEFAULT_TOKENIZER = "ud-english";
    public static final Precision DEFAULT_PRECISION = Precision.INT8;
    /** All by default, with nothing said of data, licence and date. */
    public static final ModelIdentity DEFAULT =
            new ModelIdentity(DEFAULT_NAME, DEFAULT_LANGUAGE, DEFAULT_TOKENIZER, DEFAULT_PRECISION, "", "", "");

    public ModelIdentity {
        if (name.isBlank()) {
            throw new UsageException("the model needs a name");
        }
    }
}
