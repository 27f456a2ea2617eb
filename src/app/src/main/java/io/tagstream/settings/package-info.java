/**
 * What a run of the application is told.
 *
 * <p>May use: stream, wire. Door: {@link io.tagstream.settings.KeySource}.
 */
@NullMarked
package io.tagstream.settings;

import org.jspecify.annotations.NullMarked;
