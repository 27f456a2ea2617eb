/**
 * A Kafka broker inside this process, for the demo, the bench and tests. Sole owner of the Kafka server.
 *
 * <p>May use: nothing. Door: {@link io.tagstream.broker.EmbeddedBroker}.
 */
@NullMarked
package io.tagstream.broker;

import org.jspecify.annotations.NullMarked;
