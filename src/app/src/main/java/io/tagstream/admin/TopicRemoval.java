package io.tagstream.admin;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Deletes topics and waits until the brokers no longer list them. */
public final class TopicRemoval {
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration DELETED_WITHIN = Duration.ofSeconds(30);

    private final Brokers brokers;

    public TopicRemoval(Brokers brokers) {
        this.brokers = brokers;
    }

    /** @throws StreamFailedException if the brokers do not delete them in time */
    public void remove(Collection<String> names) {
        String what = "delete the topics " + String.join(", ", names);
        brokers.get(
                brokers.admin().deleteTopics(names).all(), what, UnknownTopicOrPartitionException.class::isInstance);
        Poll.untilTrue(
                DELETED_WITHIN,
                RETRY,
                () -> Collections.disjoint(
                        brokers.get(brokers.admin().listTopics().names(), "list the topics"), names),
                () -> new StreamFailedException("the Kafka brokers did not " + what + " in time: try again", null));
    }
}
