/**
 * Plain values: token, tag set, tagged token.
 *
 * <p>May use: nothing. Door: {@link io.tagstream.text.Token}.
 */
@NullMarked
package io.tagstream.text;

import org.jspecify.annotations.NullMarked;
