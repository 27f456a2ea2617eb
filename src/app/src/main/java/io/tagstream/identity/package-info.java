/**
 * Who the application is and where it goes on: its topics, the identity that all its instances see, stored positions and the checks before it joins its group.
 *
 * <p>May use: admin, settings, position, stream, infer. Door: {@link io.tagstream.identity.ApplicationStart}, {@link io.tagstream.identity.Topics}.
 */
@NullMarked
package io.tagstream.identity;

import org.jspecify.annotations.NullMarked;
