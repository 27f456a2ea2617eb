package io.tagstream.watch;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers about topics, with one request each. What a broker refuses or does not answer is left out: only a definite answer
 * counts. For any thread.
 */
final class TopicLook {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLook.class);
    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;

    TopicLook(Admin admin) {
        this.admin = admin;
    }

    TopicView shapes(Collection<String> names) throws InterruptedException {
        Map<String, TopicView.Shape> known = new HashMap<>();
        Set<String> missing = new HashSet<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        names, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                TopicDescription topic = answer.getValue().get();
                known.put(
                        answer.getKey(),
                        new TopicView.Shape(topic.topicId(), topic.partitions().size()));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    missing.add(answer.getKey());
                } else {
                    LOG.debug("topic {} cannot be described now: {}", answer.getKey(), e.toString());
                }
            }
        }
        return new TopicView(known, missing);
    }

    Map<String, Map<String, String>> settings(Collection<String> names) throws InterruptedException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        Map<ConfigResource, KafkaFuture<Config>> answers = admin.describeConfigs(
                        resources, new DescribeConfigsOptions().timeoutMs(TIMEOUT_MS))
                .values();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
            try {
                Map<String, String> values = new HashMap<>();
                answer.getValue().get().entries().forEach(entry -> {
                    if (entry.value() != null) {
                        values.put(entry.name(), entry.value());
                    }
                });
                settings.put(answer.getKey().name(), values);
            } catch (ExecutionException e) {
                LOG.debug(
                        "the settings of topic {} cannot be read now: {}",
                        answer.getKey().name(),
                        e.toString());
            }
        }
        return settings;
    }
}
