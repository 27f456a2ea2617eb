package io.tagstream.watch;

import io.tagstream.admin.TopicRole;
import io.tagstream.admin.WatchedTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Which ids, partition counts and settings of the topics break a promise. Asks nobody; for any thread. */
final class TopicRules {
    /** An outage of this length must lose no record. */
    static final Duration LEAST_RETENTION = Duration.ofHours(1);
    /** What a producer of some 18 kB/s writes within {@link #LEAST_RETENTION}. */
    static final long LEAST_RETENTION_BYTES = 64L << 20;

    private final String applicationId;
    private final List<WatchedTopic> topics;

    TopicRules(String applicationId, List<WatchedTopic> topics) {
        this.applicationId = applicationId;
        this.topics = List.copyOf(topics);
    }

    /**
     * @param first each topic as it was when it was first seen; what is not in it has not existed yet
     * @param now a topic without an answer has no finding
     */
    List<TopicFinding> shapes(Map<String, TopicView.Shape> first, TopicView now) {
        List<TopicFinding> findings = new ArrayList<>();
        for (WatchedTopic topic : topics) {
            TopicView.Shape before = first.get(topic.name());
            TopicView.Shape shape = now.known().get(topic.name());
            if (before != null && shape != null && !shape.id().equals(before.id())) {
                findings.add(
                        stop("topic " + topic.name() + " was deleted and created again while the application ran (id "
                                + shape.id() + ", before " + before.id() + "): " + loss(topic)));
            } else if (before != null && now.missing().contains(topic.name())) {
                findings.add(stop("topic " + topic.name() + " was deleted while the application ran (id " + before.id()
                        + "): " + loss(topic)));
            } else if (shape != null) {
                partitions(topic, shape, before == null ? shape : before, now, findings);
            }
        }
        return findings;
    }

    private void partitions(
            WatchedTopic topic,
            TopicView.Shape shape,
            TopicView.Shape before,
            TopicView now,
            List<TopicFinding> findings) {
        int partitions = shape.partitions();
        switch (topic.role()) {
            case INPUT -> {
                boolean differs = false;
                for (WatchedTopic other : topics) {
                    TopicView.Shape changelog = now.known().get(other.name());
                    if (other.role() == TopicRole.CHANGELOG
                            && changelog != null
                            && changelog.partitions() != partitions) {
                        differs = true;
                        findings.add(stop("input topic " + topic.name() + " has " + partitions + " partitions, but "
                                + other.name() + " has " + changelog.partitions()
                                + ": a stream could get to a partition that does not hold its state; to start over with "
                                + partitions + " partitions, stop every instance and run " + reset()));
                    }
                }
                if (!differs && partitions != before.partitions()) {
                    findings.add(
                            stop(
                                    "input topic " + topic.name() + " has " + partitions + " partitions now, but had "
                                            + before.partitions()
                                            + " when the application started: a stream could get to another partition; start the application again"));
                }
            }
            case OUTPUT -> {
                if (partitions != before.partitions()) {
                    findings.add(
                            warning(
                                    "output topic " + topic.name() + " has " + partitions + " partitions now, but had "
                                            + before.partitions()
                                            + " when the application started: sentences of one stream may lie in two partitions, and their order is"
                                            + " not kept for readers across the change; let readers finish the old sentences first"));
                }
            }
            case DEAD_LETTERS, CHANGELOG, IDENTITY -> {}
        }
    }

    private String loss(WatchedTopic topic) {
        return switch (topic.role()) {
            case INPUT ->
                "its unread records are lost, and the positions of the application do not fit a new topic; start again with"
                        + " --recreated-input restart to read a new topic from its beginning with the states kept, or run "
                        + reset();
            case OUTPUT ->
                "the sentences in it are lost to readers that had not read them; start again to go on with a new topic, or tag"
                        + " everything again by " + reset();
            case DEAD_LETTERS ->
                "the dead letters in it are lost; start again to go on with a new topic, or tag everything again by "
                        + reset();
            case CHANGELOG ->
                "what it kept can no longer be restored on another machine; start again with --lost-states reset to go on with"
                        + " every stream starting over, or stop every instance and run "
                        + reset();
            case IDENTITY -> "another application could take the same id unnoticed; start again to write it again";
        };
    }

    /** @param settings those of each topic that is known, by name */
    List<TopicFinding> settings(Map<String, Map<String, String>> settings) {
        List<TopicFinding> findings = new ArrayList<>();
        for (WatchedTopic topic : topics) {
            Map<String, String> values = settings.get(topic.name());
            String policy = values == null ? null : values.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (values == null || policy == null) {
                continue;
            }
            List<String> policies = List.of(policy.strip().split("\\s*,\\s*"));
            boolean compacts = policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
            boolean deletes = policies.contains(TopicConfig.CLEANUP_POLICY_DELETE);
            if (topic.role().isMemory()) {
                if (!compacts || deletes) {
                    findings.add(stop(unsafe(topic, policy)));
                }
            } else if (compacts) {
                findings.add(compacted(topic, policy));
            }
            if (topic.role() == TopicRole.INPUT && deletes) {
                retention(topic, values, findings);
            }
        }
        return findings;
    }

    private static String unsafe(WatchedTopic topic, String policy) {
        String what = topic.role() == TopicRole.CHANGELOG ? "the states in it" : "the identity of the application";
        return "topic " + topic.name() + " has " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy + ", so that "
                + what + " would be deleted or grow without end: set it to " + TopicConfig.CLEANUP_POLICY_COMPACT
                + " (kafka-configs.sh --alter --entity-type topics --entity-name " + topic.name() + " --add-config "
                + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + TopicConfig.CLEANUP_POLICY_COMPACT + ")";
    }

    private static TopicFinding compacted(WatchedTopic topic, String policy) {
        String start =
                "topic " + topic.name() + " is compacted (" + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy + ")";
        String cure = ": set its " + TopicConfig.CLEANUP_POLICY_CONFIG + " to " + TopicConfig.CLEANUP_POLICY_DELETE;
        return switch (topic.role()) {
            case INPUT ->
                warning(start + ", so the application may see only the last sentence of a stream, and miss the others"
                        + cure);
            case DEAD_LETTERS ->
                stop(start + ", and so takes no record without a key: a dead letter would stop the application" + cure);
            default -> warning(start + ", so readers may see only the last sentence of a stream" + cure);
        };
    }

    /** Local retention does not count: with remote storage, what leaves the broker's disk can still be read. */
    private static void retention(WatchedTopic topic, Map<String, String> values, List<TopicFinding> findings) {
        long millis = number(values, TopicConfig.RETENTION_MS_CONFIG);
        if (millis >= 0 && millis < LEAST_RETENTION.toMillis()) {
            findings.add(warning("topic " + topic.name() + " keeps records for " + millis + " ms only ("
                    + TopicConfig.RETENTION_MS_CONFIG
                    + "): an outage of that length loses records that were not tagged; set it to an hour or more"));
        }
        long bytes = number(values, TopicConfig.RETENTION_BYTES_CONFIG);
        if (bytes >= 0 && bytes < LEAST_RETENTION_BYTES) {
            findings.add(warning("topic " + topic.name() + " keeps only " + bytes + " bytes per partition ("
                    + TopicConfig.RETENTION_BYTES_CONFIG
                    + "): an outage while more than that is written loses records that were not tagged; set it to what is written"
                    + " in the longest outage, or to -1"));
        }
    }

    private static long number(Map<String, String> values, String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? -1 : Long.parseLong(value);
    }

    private String reset() {
        return "`tagstream reset --application-id " + applicationId + "`";
    }

    private static TopicFinding stop(String sentence) {
        return new TopicFinding(true, sentence);
    }

    private static TopicFinding warning(String sentence) {
        return new TopicFinding(false, sentence);
    }
}
