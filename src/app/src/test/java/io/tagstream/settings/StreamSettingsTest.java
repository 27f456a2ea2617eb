package io.tagstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.json.FieldPointer;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.json.TextField;
import io.tagstream.service.StreamsProperties;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.wire.Emit;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutputFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSettingsTest {
    @Test
    void shouldBeExactlyOnceByDefault() {
        StreamsConfig config = new StreamsConfig(properties(builder().build()));

        assertThat(config.getString("application.id")).isEqualTo("tagstream-sentences");
        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(100);
        assertThat(config.getString("group.protocol")).isEqualTo("classic");
        assertThat(config.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
        assertThat(config.getBoolean("ensure.explicit.internal.resource.naming"))
                .isTrue();
        assertThat(config.getProducerConfigs("t"))
                .containsEntry("batch.size", 262144)
                .containsEntry("linger.ms", 5)
                .containsEntry("max.request.size", (8 << 20) + 4096);
        assertThat(config.getMainConsumerConfigs("g", "c", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "none")
                .doesNotContainKey("group.instance.id");
    }

    @Test
    void shouldKeepTheInstanceIdByThread() {
        StreamsConfig config =
                new StreamsConfig(properties(builder().instanceId("one").build()));

        assertThat(config.getMainConsumerConfigs("g", "c", 3)).containsEntry("group.instance.id", "one-3");
    }

    @Test
    void shouldNameAnApplicationAfterItsInputsWhateverTheirOrder() {
        TopicSettings topics = TopicSettings.of(List.of("b", "a"));

        assertThat(builder().topics(topics).build().applicationId()).isEqualTo("tagstream-a-b");
        assertThat(topics.output()).isEqualTo("a-b-tagged");
        assertThat(topics.deadLetters()).isEqualTo("a-b-dlq");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-identity", "app-hidden-states-changelog", "app-positions-changelog"})
    void shouldRefuseToWriteIntoATopicOfItsOwn(String topic) {
        TopicSettings topics = new TopicSettings("in", topic, "dlq", true, 1, 1);

        assertThatThrownBy(() -> builder().applicationId("app").topics(topics).build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(topic, "itself");
    }

    @Test
    void shouldPassKafkaPropertiesThroughToTheClients() {
        StreamsConfig config = new StreamsConfig(properties(builder()
                .kafkaProperties(Map.of(
                        "producer.compression.type", "lz4",
                        "linger.ms", "20",
                        "producer.batch.size", "1000",
                        "session.timeout.ms", "7000",
                        "main.consumer.max.poll.interval.ms", "70000",
                        "group.protocol", "classic",
                        "probing.rebalance.interval.ms", "120000",
                        "state.cleanup.delay.ms", "5"))
                .build()));

        assertThat(config.getProducerConfigs("t"))
                .containsEntry("compression.type", "lz4")
                .containsEntry("linger.ms", "20")
                .containsEntry("batch.size", "1000");
        assertThat(config.getMainConsumerConfigs("g", "c", 0))
                .containsEntry("session.timeout.ms", "7000")
                .containsEntry("max.poll.interval.ms", "70000")
                .containsEntry("auto.offset.reset", "none");
        assertThat(config.getLong("probing.rebalance.interval.ms")).isEqualTo(120_000);
        assertThat(config.getLong("state.cleanup.delay.ms")).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "processing.guarantee, at_least_once, leave it out",
        "application.id, other, --application-id",
        "auto.offset.reset, latest, --from",
        "main.consumer.auto.offset.reset, earliest, --from",
        "processing.exception.handler, a.B, leave it out",
        "deserialization.exception.handler, a.B, leave it out",
        "production.exception.handler, a.B, leave it out",
        "default.production.exception.handler, a.B, leave it out",
        "consumer.isolation.level, read_uncommitted, leave it out",
        "main.consumer.isolation.level, read_uncommitted, leave it out",
        "enable.auto.commit, true, leave it out",
        "producer.enable.idempotence, false, leave it out",
        "producer.acks, 1, leave it out",
        "producer.transactional.id, x, leave it out",
        "default.key.serde, a.B, leave it out",
        "default.timestamp.extractor, a.B, leave it out",
        "producer.partitioner.ignore.keys, true, leave it out",
        "topic.cleanup.policy, delete, leave it out",
        "errors.dead.letter.queue.topic.name, x, --dlq-topic",
        "producer.max.request.size, 1, --max-record-bytes",
        "num.stream.threads, 3, --threads",
        "producer.buffer.memory, 1000, less than the largest record",
        "buffer.memory, many, number of bytes",
        "ssl.truststore.location, /no/such.jks, which is no file that can be read",
        "producer.ssl.keystore.location, /no/such.jks, /no/such.jks",
    })
    void shouldRefuseWhatCorrectnessRestsOn(String name, String value, String sentence) {
        assertThatThrownBy(() -> builder().kafkaProperties(Map.of(name, value)).build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(sentence);
    }

    @Test
    void shouldTellPropertiesThatKafkaDoesNotKnow() {
        assertThat(KafkaPropertyRules.unknown(Map.of(
                        "max.pol.records", "1",
                        "main.consumer.max.poll.records", "1",
                        "admin.retries", "1",
                        "producer.linger", "1",
                        "topic.retention.ms", "1",
                        "security.protocol", "SSL",
                        "probing.rebalance.interval.ms", "60000")))
                .containsExactly("max.pol.records", "producer.linger");
    }

    @Test
    void shouldLetThroughWhatSaysTheSame() {
        builder()
                .kafkaProperties(Map.of("processing.guarantee", "exactly_once_v2", "producer.acks", "all"))
                .build();
    }

    @Test
    void shouldPutOutJsonForTextUnlessToldOtherwise() {
        assertThat(builder().build().outputFormat()).isEqualTo(OutputFormat.AVRO);
        assertThat(builder().inputFormat(InputFormat.TEXT).build().outputFormat())
                .isEqualTo(OutputFormat.JSON);
        assertThat(builder()
                        .inputFormat(InputFormat.TEXT)
                        .outputFormat(OutputFormat.AVRO)
                        .build()
                        .outputFormat())
                .isEqualTo(OutputFormat.AVRO);
        assertThat(builder().inputFormat(InputFormat.JSON).build().outputFormat())
                .isEqualTo(OutputFormat.AVRO);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        refuses(StreamSettings.builder(" "), "bootstrapServers must be at least one host:port, got none");
        refuses(builder().applicationId("a b"), "'a b'");
        refuses(builder().maxTokens(0), "maxTokens must be at least 1, got 0");
        refuses(builder().maxRecordBytes(1), "16384");
        refuses(builder().stateTtl(Duration.ofSeconds(-1)), "negative");
        refuses(builder().threads(0), "threads must be at least 1, got 0");
        refuses(builder().standbyReplicas(-1), "standbyReplicas must not be negative, got -1");
        refuses(builder().commitInterval(Duration.ofMinutes(1)), "60000 ms");
        refuses(builder().emit(Emit.TOKEN).includeText(true), "leave out --include-text or --emit token");
        assertThatThrownBy(() -> new TopicSettings("a", "a", "c", true, 1, 1)).hasMessageContaining("different");
        assertThatThrownBy(() -> new TopicSettings(List.of("a", "b"), "b", "c", true, 1, 1))
                .hasMessageContaining("different ones, but are a,b, b and c");
        assertThatThrownBy(() -> new TopicSettings(List.of("a", "b", "a"), "x", "y", true, 1, 1))
                .hasMessageContaining("an input topic is named twice in a,b,a");
        assertThatThrownBy(() -> new TopicSettings(List.of("a", ""), "x", "y", true, 1, 1))
                .hasMessageContaining("'' is no name for a topic");
        assertThatThrownBy(() -> new TopicSettings(List.of(), "x", "y", true, 1, 1))
                .hasMessageContaining("no input topic");
        assertThatThrownBy(() -> new TopicSettings("a", "b!", "c", true, 1, 1)).hasMessageContaining("'b!'");
        assertThatThrownBy(() -> new TopicSettings("a", "b", "c", true, 0, 1))
                .hasMessageContaining("partitions must be at least 1, got 0");
    }

    @Test
    void shouldTagFieldsOfJsonAndNothingElse() {
        assertThat(fields().build().outputFormat()).isEqualTo(OutputFormat.JSON);
        refuses(fields().outputFormat(OutputFormat.AVRO), "--output-format json");
        refuses(fields().inputFormat(InputFormat.AVRO), "--input-format json");
        refuses(fields().inputFormat(InputFormat.TEXT), "--input-format json");
        refuses(fields().emit(Emit.TOKEN), "leave out --emit token");
        refuses(fields().includeText(true), "leave out --include-text");
        StreamSettings settings = fields().build();
        assertThat(settings.toBuilder().build()).isEqualTo(settings);
    }

    private static StreamSettings.Builder fields() {
        return builder()
                .inputFormat(InputFormat.JSON)
                .fields(new RecordFields(
                        List.of(new TextField(FieldPointer.parse("/text"), TextField.Kind.TEXT)),
                        RecordFields.DEFAULT_TAGS,
                        MissingText.PASS));
    }

    @Test
    void shouldComeBackFromItsBuilder() {
        StreamSettings settings = builder()
                .threads(3)
                .instanceId("i")
                .includeText(true)
                .keyFrom(KeySource.PARTITION)
                .memory(StreamMemory.NONE)
                .kafkaProperties(Map.of("a", "b"))
                .build();
        assertThat(settings.toBuilder().build()).isEqualTo(settings);
    }

    private static void refuses(StreamSettings.Builder builder, String sentence) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(sentence);
    }

    private static StreamSettings.Builder builder() {
        return StreamSettings.builder("localhost:9092");
    }

    private static Properties properties(StreamSettings settings) {
        return StreamsProperties.of(
                settings, new PreparedTopics(SizeLimits.of(settings.maxRecordBytes()), 1, Map.of()));
    }
}
