/**
 * What lies on the local disk: copies of the states, native libraries, the health file.
 *
 * <p>May use: identity, admin, settings, stream. Door: {@link io.tagstream.local.LocalStates}.
 */
@NullMarked
package io.tagstream.local;

import org.jspecify.annotations.NullMarked;
