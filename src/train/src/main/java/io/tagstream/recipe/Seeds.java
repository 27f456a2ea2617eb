package io.tagstream.recipe;

/**
 * The seeds of the generators that draw during training, again for each epoch: where an epoch begins, their state is known without having been
 * kept.
 */
public enum Seeds {
    WORD_DROPOUT(0),
    CASING(1),
    /** What libtorch leaves out. */
    DROPOUT(2);

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int ALL = 3;

    private final int number;

    Seeds(int number) {
        this.number = number;
    }

    /** A seed that shows no relation to those of other epochs and purposes. */
    public long of(long seed, int epoch) {
        // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
        long mixed = seed + GOLDEN * ((long) ALL * epoch + number);
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
