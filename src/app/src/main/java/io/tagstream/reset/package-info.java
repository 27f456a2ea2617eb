/**
 * Lets a stopped application start over.
 *
 * <p>May use: identity, local, admin, settings, position. Door: {@link io.tagstream.reset.ApplicationReset}.
 */
@NullMarked
package io.tagstream.reset;

import org.jspecify.annotations.NullMarked;
