/**
 * Plain values: token, tag set, tagged token; and the one way to read a file of text.
 *
 * <p>May use: nothing. Doors: {@link io.tagstream.text.Token}, {@link io.tagstream.text.TextFile}.
 */
@NullMarked
package io.tagstream.text;

import org.jspecify.annotations.NullMarked;
