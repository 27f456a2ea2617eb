/**
 * What the commands are told: the options that several of them share, the converters of their values, the layers of file and environment
 * under the flags, and how a misspelled name is found.
 *
 * <p>May use: terminal, stream, wire, infer, text. One of the owners of picocli. Doors: {@link io.tagstream.option.StreamOptions},
 * {@link io.tagstream.option.LayeredSettings}, {@link io.tagstream.option.ModelSource}.
 */
@NullMarked
package io.tagstream.option;

import org.jspecify.annotations.NullMarked;
