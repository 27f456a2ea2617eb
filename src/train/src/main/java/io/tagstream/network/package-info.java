/**
 * The network, one step of learning, and looks inside it. The only package that uses libtorch.
 *
 * <p>May use: {@code batch} and below. Door: {@link io.tagstream.network.Learner}, {@link io.tagstream.network.NetworkTagger}.
 */
@NullMarked
package io.tagstream.network;

import org.jspecify.annotations.NullMarked;
