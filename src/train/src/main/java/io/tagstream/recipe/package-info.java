/**
 * What a training is told: corpora, network, learning, what the model file says. Plain values, checked.
 *
 * <p>May use: {@code data} and below.
 */
@NullMarked
package io.tagstream.recipe;

import org.jspecify.annotations.NullMarked;
