/**
 * What a comparison measures: one network or one finding each.
 *
 * <p>May use: {@code train}, {@code eval} and below. Door: {@link io.tagstream.trial.Findings}.
 */
@NullMarked
package io.tagstream.trial;

import org.jspecify.annotations.NullMarked;
