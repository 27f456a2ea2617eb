/**
 * The model contract: metadata, vocabulary, feature recipe, shapes, validation.
 *
 * <p>May use: text. Door: {@link io.tagstream.model.ModelContract}.
 */
@NullMarked
package io.tagstream.model;

import org.jspecify.annotations.NullMarked;
