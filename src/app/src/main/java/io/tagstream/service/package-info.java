/**
 * The running application: start, stream threads and their replacement, logs of what was done, the stop.
 *
 * <p>May use: every package of the application but {@code reset}, {@code cli} and what serves it. Door: {@link io.tagstream.service.StreamsRunner}.
 */
@NullMarked
package io.tagstream.service;

import org.jspecify.annotations.NullMarked;
