package io.tagstream.recipe;

/** How weights follow their gradient. */
public enum Optimizer {
    /** Adam (Kingma and Ba 2015): the better default. */
    ADAM,
    /** Plain descent, W' = W - eta dE/dW. */
    SGD
}
