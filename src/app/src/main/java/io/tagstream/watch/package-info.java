/**
 * Looks at a running application from outside its stream threads: its topics, its progress, the clock.
 *
 * <p>May use: admin, settings, stream. Door: {@link io.tagstream.watch.TopicWatch}, {@link io.tagstream.watch.ProgressWatch}.
 */
@NullMarked
package io.tagstream.watch;

import org.jspecify.annotations.NullMarked;
