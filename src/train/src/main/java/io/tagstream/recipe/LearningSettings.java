package io.tagstream.recipe;

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
 * @param lowerNamesShare share of documents shown with their names alone in lower case, as people write in haste; with the one before at most 1
 * @param nameSwap share of names in documents of these two kinds that take the form of a common noun, and as many the other way round, 0 to 1
 * @param nouns the labels that tell names from common nouns
 * @param clip the longest gradient, by Euclidean norm
 * @param distilling how much of the loss is the teachers' where there are teachers, 0 to 1; the rest is the labels'
 * @param averaging decay a step of the running average of the weights that is evaluated and saved, 0 for the weights as they are
 * @param optimizer how weights follow their gradient
 * @param silverShare tokens labelled by a machine in an epoch for each token of the training corpus, where there are as many; at least 0
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
        double lowerNamesShare,
        double nameSwap,
        NounLabels nouns,
        double clip,
        double distilling,
        double averaging,
        Optimizer optimizer,
        double silverShare) {
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
    public static final int DEFAULT_LOWER_NAMES_SHARE = 0;
    public static final int DEFAULT_NAME_SWAP = 0;
    public static final double DEFAULT_CLIP = 5;
    public static final double DEFAULT_DISTILLING = 0.7;
    public static final double DEFAULT_AVERAGING = 0.998;
    public static final int DEFAULT_SILVER_SHARE = 2;
    /** All by default. */
    public static final LearningSettings DEFAULT = builder().build();

    public LearningSettings {
        Checks.atLeast("epochs", epochs, 1);
        Checks.atLeast("streams", streams, 1);
        Checks.above("learningRate", learningRate, 0);
        Checks.share("dropout", dropout);
        Checks.atLeast("wordDropout", wordDropout, 0);
        Checks.within("lowercaseShare", lowercaseShare, 0, 1);
        Checks.within("lowerNamesShare", lowerNamesShare, 0, 1 - lowercaseShare);
        Checks.within("nameSwap", nameSwap, 0, 1);
        Checks.above("clip", clip, 0);
        Checks.within("distilling", distilling, 0, 1);
        Checks.share("averaging", averaging);
        Checks.atLeast("silverShare", silverShare, 0);
    }

    /** The defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Changes settings one by one; belongs to one thread. */
    public static final class Builder {
        private int epochs = DEFAULT_EPOCHS;
        private long seed = DEFAULT_SEED;
        private int streams = DEFAULT_STREAMS;
        private boolean carry = DEFAULT_CARRY;
        private double learningRate = DEFAULT_LEARNING_RATE;
        private double dropout = DEFAULT_DROPOUT;
        private double wordDropout = DEFAULT_WORD_DROPOUT;
        private double lowercaseShare = DEFAULT_LOWERCASE_SHARE;
        private double lowerNamesShare = DEFAULT_LOWER_NAMES_SHARE;
        private double nameSwap = DEFAULT_NAME_SWAP;
        private NounLabels nouns = NounLabels.UNIVERSAL;
        private double clip = DEFAULT_CLIP;
        private double distilling = DEFAULT_DISTILLING;
        private double averaging = DEFAULT_AVERAGING;
        private Optimizer optimizer = Optimizer.ADAM;
        private double silverShare = DEFAULT_SILVER_SHARE;

        private Builder() {}

        public Builder epochs(int epochs) {
            this.epochs = epochs;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder streams(int streams) {
            this.streams = streams;
            return this;
        }

        public Builder carry(boolean carry) {
            this.carry = carry;
            return this;
        }

        public Builder learningRate(double learningRate) {
            this.learningRate = learningRate;
            return this;
        }

        public Builder dropout(double dropout) {
            this.dropout = dropout;
            return this;
        }

        public Builder wordDropout(double wordDropout) {
            this.wordDropout = wordDropout;
            return this;
        }

        public Builder lowercaseShare(double lowercaseShare) {
            this.lowercaseShare = lowercaseShare;
            return this;
        }

        public Builder lowerNamesShare(double lowerNamesShare) {
            this.lowerNamesShare = lowerNamesShare;
            return this;
        }

        public Builder nameSwap(double nameSwap) {
            this.nameSwap = nameSwap;
            return this;
        }

        public Builder nouns(NounLabels nouns) {
            this.nouns = nouns;
            return this;
        }

        public Builder clip(double clip) {
            this.clip = clip;
            return this;
        }

        public Builder distilling(double distilling) {
            this.distilling = distilling;
            return this;
        }

        public Builder averaging(double averaging) {
            this.averaging = averaging;
            return this;
        }

        public Builder optimizer(Optimizer optimizer) {
            this.optimizer = optimizer;
            return this;
        }

        public Builder silverShare(double silverShare) {
            this.silverShare = silverShare;
            return this;
        }

        /** @throws IllegalArgumentException with one sentence on what is wrong */
        public LearningSettings build() {
            return new LearningSettings(
                    epochs,
                    seed,
                    streams,
                    carry,
                    learningRate,
                    dropout,
                    wordDropout,
                    lowercaseShare,
                    lowerNamesShare,
                    nameSwap,
                    nouns,
                    clip,
                    distilling,
                    averaging,
                    optimizer,
                    silverShare);
        }
    }
}
