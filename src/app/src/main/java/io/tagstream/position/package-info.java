/**
 * How far the application has processed each input partition: kept in a store of its own, in the transaction of each record.
 *
 * <p>May use: stream. Door: {@link io.tagstream.position.PositionKeeper}, {@link io.tagstream.position.InputTracking}.
 */
@NullMarked
package io.tagstream.position;

import org.jspecify.annotations.NullMarked;
