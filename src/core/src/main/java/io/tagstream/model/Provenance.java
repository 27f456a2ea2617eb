package io.tagstream.model;

/**
 * Where a model comes from; every field may be empty.
 *
 * @param data the training data
 * @param licence the licence of the model or its data
 * @param date when it was trained, empty unless asked for (so that a fixed seed gives the same file)
 * @param seed the seed
 * @param devAccuracy accuracy on the development data, as a human reads it
 */
public record Provenance(String data, String licence, String date, String seed, String devAccuracy) {
    /** Nothing known. */
    public static final Provenance UNKNOWN = new Provenance("", "", "", "", "");
}
