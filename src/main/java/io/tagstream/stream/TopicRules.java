package io.tagstream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** What the topics of an application must be like for its promises to hold. Each finding is one sentence: what, which promise, what to do. */
final class TopicRules {
    /** What a topic is for. */
    enum Role {
        INPUT,
        OUTPUT,
        DEAD_LETTERS,
        /** Of the states or the positions. */
        CHANGELOG,
        IDENTITY
    }

    /** What can change of a topic for ever. */
    record Facts(Uuid id, int partitions) {}

    /** @param stops whether the application must not go on */
    record Finding(boolean stops, String sentence) {}

    /** An outage of this length is nothing special. */
    private static final Duration SHORT_RETENTION = Duration.ofHours(1);

    private final String applicationId;
    private final Map<String, Role> roles;

    TopicRules(String applicationId, Map<String, Role> roles) {
        this.applicationId = applicationId;
        this.roles = new TreeMap<>(roles);
    }

    Set<String> topics() {
        return roles.keySet();
    }

    /** What the settings of the topics break. */
    List<Finding> settings(Map<String, Config> configs) {
        List<Finding> findings = new ArrayList<>();
        roles.forEach((name, role) -> {
            Config config = configs.get(name);
            if (config != null) {
                settings(name, role, config, findings);
            }
        });
        return findings;
    }

    private static void settings(String name, Role role, Config config, List<Finding> findings) {
        Set<String> policies = Arrays.stream(
                        value(config, TopicConfig.CLEANUP_POLICY_CONFIG).split(","))
                .map(String::trim)
                .collect(Collectors.toSet());
        boolean compacted = policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        boolean deleted = policies.contains(TopicConfig.CLEANUP_POLICY_DELETE);
        switch (role) {
            case CHANGELOG, IDENTITY -> {
                if (!compacted || deleted) {
                    findings.add(new Finding(
                            true,
                            "topic " + name + " has cleanup.policy " + value(config, TopicConfig.CLEANUP_POLICY_CONFIG)
                                    + ", so the brokers would delete what the application must remember (exactly once, with"
                                    + " memory): set its cleanup.policy to compact"));
                }
            }
            case OUTPUT -> {
                if (compacted) {
                    findings.add(new Finding(
                            false,
                            "topic " + name + " is compacted, so readers may see only the last sentence of a stream"
                                    + " (nothing silent): set its cleanup.policy to delete"));
                }
            }
            case INPUT -> {
                if (compacted) {
                    findings.add(new Finding(
                            false,
                            "topic " + name
                                    + " is compacted, so only the last sentence of a stream may be there when it"
                                    + " is read (nothing silent): set its cleanup.policy to delete"));
                }
                long retention = number(config, TopicConfig.RETENTION_MS_CONFIG);
                if (deleted && retention >= 0 && retention < SHORT_RETENTION.toMillis()) {
                    findings.add(new Finding(
                            false,
                            "topic " + name + " keeps records for " + retention / 1000
                                    + " s, so an outage of that length"
                                    + " loses records (exactly once): raise its retention.ms"));
                }
            }
            case DEAD_LETTERS -> {
                // Compaction is refused where the topics are prepared: it would refuse records without a key.
            }
        }
    }

    private static long number(Config config, String name) {
        String value = value(config, name);
        return value.isEmpty() ? -1 : Long.parseLong(value);
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    /**
     * Why the application must stop, if topics are no longer those that it started with.
     *
     * @param before the topics at the start
     * @param now those that are there now
     */
    Optional<String> changed(Map<String, Facts> before, Map<String, Facts> now) {
        for (Map.Entry<String, Role> topic : roles.entrySet()) {
            Facts was = before.get(topic.getKey());
            if (was != null) {
                Optional<String> finding = changed(topic.getKey(), topic.getValue(), was, now.get(topic.getKey()));
                if (finding.isPresent()) {
                    return finding;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> changed(String name, Role role, Facts was, @Nullable Facts is) {
        if (is == null) {
            return Optional.of("topic " + name + " was deleted while " + applicationId + " runs" + consequence(role));
        }
        if (!is.id().equals(was.id())) {
            return Optional.of("topic " + name + " was deleted and created again while " + applicationId
                    + " runs (its topic id was " + was.id() + " and is now " + is.id() + ")" + consequence(role));
        }
        if (role == Role.INPUT && is.partitions() != was.partitions()) {
            return Optional.of(
                    ApplicationIdentity.partitionsDiffer(name, is.partitions(), was.partitions(), applicationId));
        }
        return Optional.empty();
    }

    private static String consequence(Role role) {
        return switch (role) {
            case INPUT ->
                ": its positions mean nothing in another topic (exactly once); start again with"
                        + " --recreated-input restart to begin at its start";
            case OUTPUT -> ": what was put out is gone (nothing silent); start again to write to a new topic";
            case DEAD_LETTERS -> ": the dead letters are gone (nothing silent); start again to write to a new topic";
            case CHANGELOG, IDENTITY ->
                ": what the application must remember is gone (exactly once, with memory); the next"
                        + " start says how to go on";
        };
    }
}
