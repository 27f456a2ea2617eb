package io.tagstream.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The ACLs that an application needs, and which of them are missing. For any thread. */
final class AccessRights {
    private final String applicationId;
    /** What is needed on each topic. */
    private final Map<String, Set<AclOperation>> topics = new LinkedHashMap<>();

    AccessRights(StreamSettings settings, Collection<WatchedTopic> watched) {
        this.applicationId = settings.applicationId();
        watched.forEach(topic -> topics.put(topic.name(), needed(topic.role())));
    }

    static Set<AclOperation> needed(TopicRole role) {
        Set<AclOperation> operations = new TreeSet<>(Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS));
        if (role != TopicRole.OUTPUT && role != TopicRole.DEAD_LETTERS) {
            operations.add(AclOperation.READ);
        }
        if (role != TopicRole.INPUT) {
            operations.add(AclOperation.WRITE);
        }
        return operations;
    }

    /**
     * Asks the brokers what this user may do on the topics.
     *
     * @return what is missing, one sentence; empty where nothing is
     */
    Optional<String> missing(Brokers brokers) {
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
        missing.forEach((operations, names) -> grants.add(grant(operations, "topic", names)));
        grants.sort(null);
        return Optional.of("this user lacks rights on the Kafka brokers: grant " + String.join("; ", grants));
    }

    /** What a stream thread died of, with the ACL that is missing if that is the cause. */
    Throwable explained(Throwable failure) {
        return RecoveryPolicy.causes(failure)
                .filter(AuthorizationException.class::isInstance)
                .map(refused -> {
                    Throwable explained = new StreamFailedException(
                            "this user lacks rights on the Kafka brokers (" + refused.getMessage() + "): grant "
                                    + grant((AuthorizationException) refused),
                            null);
                    // Not its cause: the innermost cause is what is said.
                    explained.addSuppressed(failure);
                    return explained;
                })
                .findFirst()
                .orElse(failure);
    }

    /** Which ACL an error at run time asks for, half a sentence. */
    String grant(AuthorizationException refused) {
        if (refused instanceof TopicAuthorizationException topic
                && !topic.unauthorizedTopics().isEmpty()) {
            return topic.unauthorizedTopics().stream()
                    .sorted()
                    .map(name -> grant(topics.getOrDefault(name, Set.of(AclOperation.DESCRIBE)), "topic", Set.of(name)))
                    .collect(Collectors.joining("; "));
        }
        if (refused instanceof GroupAuthorizationException) {
            return "READ on group " + applicationId;
        }
        if (refused instanceof TransactionalIdAuthorizationException) {
            return "DESCRIBE, WRITE on transactional ids with the prefix " + applicationId;
        }
        if (refused instanceof ClusterAuthorizationException) {
            return "IDEMPOTENT_WRITE on the cluster, or CREATE on the topics that are missing";
        }
        return topics.entrySet().stream()
                .map(topic -> grant(topic.getValue(), "topic", Set.of(topic.getKey())))
                .collect(Collectors.joining("; "));
    }

    /** Tells expected exceptions from refusals, which it throws on as a sentence that names the ACL. */
    static Predicate<Throwable> orRefused(String grant, Predicate<Throwable> expected) {
        return cause -> {
            if (cause instanceof AuthorizationException) {
                throw new StreamFailedException("this user lacks rights on the Kafka brokers: grant " + grant, cause);
            }
            return expected.test(cause);
        };
    }

    private static String grant(Collection<AclOperation> operations, String type, Collection<String> names) {
        return operations.stream().map(AclOperation::name).sorted().collect(Collectors.joining(", ")) + " on " + type
                + " " + String.join(", ", names);
    }
}
