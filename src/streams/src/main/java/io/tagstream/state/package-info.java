/**
 * The state of a stream in its store: the bytes, what another model's state still says, the removal of expired states, and the bound of RocksDB's
 * memory.
 *
 * <p>May use: infer. Door: {@link io.tagstream.state.StreamStateCodec}, {@link io.tagstream.state.StateEviction}; of use to any application
 * is {@link io.tagstream.state.BoundedRocksDb}, the rest is inner.
 */
@NullMarked
package io.tagstream.state;

import org.jspecify.annotations.NullMarked;
