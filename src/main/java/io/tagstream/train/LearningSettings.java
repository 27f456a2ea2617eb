package io.tagstream.train;

/**
 * How to learn.
 *
 * @param epochs passes over the training corpus, at least 1
 * @param seed of everything random; the same seed gives the same file on the same machine
 * @param streams documents side by side in one step, at least 1
 * @param carry whether the state runs on from sentence to sentence of a document; otherwise each sentence starts afresh
 * @param learningRate the optimizer's rate at the start, falling to nothing along half a cosine
 * @param dropout share of inputs and of read-outs left out in each step, 0 to below 1
 * @param wordDropout a, where a word seen n times is taken for one never seen with probability a / (a + n); 0 for never
 * @param lowercaseShare share of documents shown in lower case, 0 to 1
 * @param nameSwap share of names in documents in lower case that take the form of a common noun ({@link NameSwap}), 0 to 1
 * @param clip the longest gradient, by Euclidean norm
 * @param distilling how much of the loss is the teachers' where there are teachers, 0 to 1; the rest is the labels'
 * @param auxiliary weight of the loss of what is learned beside the labels and not exported, features and relations; 0 for none
 * @param averaging decay a step of the running average of the weights that is evaluated and saved, 0 for the weights as they are
 * @param optimizer how weights follow their gradient
 */
public record LearningSettings(
        int epochs,
        long seed,
        int streams,
        boolean carry,
        double learningRate,
        double dropout,
        double wordDropout,
        double lowercaseShare,
        double nameSwap,
        double clip,
        double distilling,
        double auxiliary,
        double averaging,
        Optimizer optimizer) {
    public static final int DEFAULT_EPOCHS = 12;
    public static final long DEFAULT_SEED = 1;
    public static final int DEFAULT_STREAMS = 32;
    public static final boolean DEFAULT_CARRY = true;
    public static final double DEFAULT_LEARNING_RATE = 2e-3;
    /** For plain descent, which takes no measure of its own from the gradients. */
    public static final double DEFAULT_SGD_RATE = 0.5;

    public static final double DEFAULT_DROPOUT = 0.4;
    public static final double DEFAULT_WORD_DROPOUT = 0.5;
    public static final double DEFAULT_LOWERCASE_SHARE = 0.12;
    public static final double DEFAULT_NAME_SWAP = 0;
    public static final double DEFAULT_CLIP = 5;
    public static final double DEFAULT_DISTILLING = 0.7;
    public static final double DEFAULT_AUXILIARY = 0;
    public static final double DEFAULT_AVERAGING = 0.998;
    /** All by default. */
    public static final LearningSettings DEFAULT = new LearningSettings(
            DEFAULT_EPOCHS,
            DEFAULT_SEED,
            DEFAULT_STREAMS,
            DEFAULT_CARRY,
            DEFAULT_LEARNING_RATE,
            DEFAULT_DROPOUT,
            DEFAULT_WORD_DROPOUT,
            DEFAULT_LOWERCASE_SHARE,
            DEFAULT_NAME_SWAP,
            DEFAULT_CLIP,
            DEFAULT_DISTILLING,
            DEFAULT_AUXILIARY,
            DEFAULT_AVERAGING);

    /** With Adam. */
    public LearningSettings(
            int epochs,
            long seed,
            int streams,
            boolean carry,
            double learningRate,
            double dropout,
            double wordDropout,
            double lowercaseShare,
            double nameSwap,
            double clip,
            double distilling,
            double auxiliary,
            double averaging) {
        this(
                epochs,
                seed,
                streams,
                carry,
                learningRate,
                dropout,
                wordDropout,
                lowercaseShare,
                nameSwap,
                clip,
                distilling,
                auxiliary,
                averaging,
                Optimizer.ADAM);
    }

    /** The same with another optimizer. */
    public LearningSettings with(Optimizer other) {
        return new LearningSettings(
                epochs,
                seed,
                streams,
                carry,
                learningRate,
                dropout,
                wordDropout,
                lowercaseShare,
                nameSwap,
                clip,
                distilling,
                auxiliary,
                averaging,
                other);
    }

    public LearningSettings {
        Checks.atLeast("epochs", epochs, 1);
        Checks.atLeast("streams", streams, 1);
        Checks.above("learning rate", learningRate, 0);
        Checks.share("dropout", dropout);
        Checks.atLeast("word dropout", wordDropout, 0);
        Checks.within("lower-case share", lowercaseShare, 0, 1);
        Checks.within("name swap", nameSwap, 0, 1);
        Checks.above("clip", clip, 0);
        Checks.within("distilling", distilling, 0, 1);
        Checks.atLeast("auxiliary", auxiliary, 0);
        Checks.share("averaging", averaging);
    }
}
