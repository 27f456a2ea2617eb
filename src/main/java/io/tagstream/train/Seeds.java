package io.tagstream.train;

/**
 * The seeds of the generators that draw during training, anew for each epoch: where an epoch begins, their state is known without having been
 * kept.
 */
enum Seeds {
    WORD_DROPOUT,
    CASING,
    /** What libtorch leaves out. */
    DROPOUT;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** A seed that shows no relation to those of other epochs and purposes. */
    long of(long seed, int epoch) {
        // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
        long mixed = seed + GOLDEN * (3L * epoch + ordinal());
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
