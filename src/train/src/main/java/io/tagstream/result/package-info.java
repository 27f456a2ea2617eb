/**
 * What a training gives: weights, figures per epoch, the checked model file.
 *
 * <p>May use: {@code network}, {@code export}, {@code eval} and below. Door: {@link io.tagstream.result.ModelSaver}.
 */
@NullMarked
package io.tagstream.result;

import org.jspecify.annotations.NullMarked;
