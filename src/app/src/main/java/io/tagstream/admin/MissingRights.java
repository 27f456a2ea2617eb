package io.tagstream.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Which of the rights on its topics an application lacks. */
public final class MissingRights {
    private MissingRights() {}

    /**
     * Asks the brokers what this user may do on the topics.
     *
     * @return what is missing, one sentence; empty where nothing is
     */
    public static Optional<String> among(AccessRights rights, Brokers brokers) {
        Map<String, Set<AclOperation>> topics = rights.topics();
        Admin admin = brokers.admin();
        Map<Set<AclOperation>, Set<String>> missing = new HashMap<>();
        admin.describeTopics(topics.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .forEach((name, answer) -> {
                    Set<AclOperation> lacking = new TreeSet<>(topics.get(name));
                    boolean[] refused = {false};
                    Optional<TopicDescription> topic = brokers.get(answer, "describe the topic " + name, e -> {
                        refused[0] = e instanceof AuthorizationException;
                        return refused[0] || e instanceof UnknownTopicOrPartitionException;
                    });
                    topic.ifPresent(description -> {
                        if (description.authorizedOperations() == null) {
                            lacking.clear();
                        } else {
                            lacking.removeAll(description.authorizedOperations());
                        }
                    });
                    if (!lacking.isEmpty() && (topic.isPresent() || refused[0])) {
                        missing.computeIfAbsent(lacking, operations -> new TreeSet<>())
                                .add(name);
                    }
                });
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> grants = new ArrayList<>();
        missing.forEach((operations, names) -> grants.add(AccessRights.grant(operations, "topic", names)));
        grants.sort(null);
        return Optional.of("this user lacks rights on the Kafka brokers: grant " + String.join("; ", grants));
    }
}
