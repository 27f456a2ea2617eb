package io.tagstream.admin;

import io.tagstream.settings.StreamSettings;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** The ACLs that an application needs, and which of them are missing. For any thread. */
public final class AccessRights {
    private final String applicationId;
    /** What is needed on each topic. */
    private final Map<String, Set<AclOperation>> topics = new LinkedHashMap<>();

    public AccessRights(StreamSettings settings, Collection<WatchedTopic> watched) {
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

    /** What is needed on each topic, by its name. */
    Map<String, Set<AclOperation>> topics() {
        return Collections.unmodifiableMap(topics);
    }

    /** What a stream thread died of, with the ACL that is missing if that is the cause. */
    public Throwable explained(Throwable failure) {
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
    public static Predicate<Throwable> orRefused(String grant, Predicate<Throwable> expected) {
        return cause -> {
            if (cause instanceof AuthorizationException) {
                throw new StreamFailedException("this user lacks rights on the Kafka brokers: grant " + grant, cause);
            }
            return expected.test(cause);
        };
    }

    static String grant(Collection<AclOperation> operations, String type, Collection<String> names) {
        return operations.stream().map(AclOperation::name).sorted().collect(Collectors.joining(", ")) + " on " + type
                + " " + String.join(", ", names);
    }
}
