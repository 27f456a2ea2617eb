package io.tagstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.stream.TopicRules.Facts;
import io.tagstream.stream.TopicRules.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRulesTest {
    private static final Map<String, Facts> BEFORE = Map.of(
            "in", new Facts(new Uuid(1, 1), 6),
            "out", new Facts(new Uuid(1, 2), 6),
            "dlq", new Facts(new Uuid(1, 3), 1),
            "app-hidden-states-changelog", new Facts(new Uuid(1, 4), 6));

    private final TopicRules rules = new TopicRules(
            "app",
            Map.of(
                    "in", Role.INPUT,
                    "out", Role.OUTPUT,
                    "dlq", Role.DEAD_LETTERS,
                    "app-hidden-states-changelog", Role.CHANGELOG,
                    "app-identity", Role.IDENTITY));

    private static Map<String, Config> config(String topic, String policy, String retention) {
        return Map.of(
                topic,
                new Config(List.of(
                        new ConfigEntry("cleanup.policy", policy), new ConfigEntry("retention.ms", retention))));
    }

    @ParameterizedTest
    @CsvSource({
        "app-hidden-states-changelog, delete, -1, true, set its cleanup.policy to compact",
        "app-hidden-states-changelog, 'compact,delete', -1, true, 'cleanup.policy compact,delete'",
        "app-identity, delete, 604800000, true, app-identity",
        "out, compact, -1, false, only the last sentence",
        "in, 'compact, delete', -1, false, only the last sentence",
        "in, delete, 60000, false, for 60 s"
    })
    void shouldSayWhatASettingBreaks(String topic, String policy, String retention, boolean stops, String words) {
        assertThat(rules.settings(config(topic, policy, retention)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.stops()).isEqualTo(stops);
                    assertThat(finding.sentence()).contains(topic, words);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "app-hidden-states-changelog, compact, 1000",
        "in, delete, 3600000",
        "in, delete, -1",
        "out, delete, 1000",
        "dlq, delete, 1000",
        "another, compact, 1000"
    })
    void shouldSayNothingOfOtherSettings(String topic, String policy, String retention) {
        assertThat(rules.settings(config(topic, policy, retention))).isEmpty();
    }

    @Test
    void shouldTakeTheSameTopicsForTheSame() {
        assertThat(rules.changed(BEFORE, BEFORE)).isEmpty();
        Map<String, Facts> more = new HashMap<>(BEFORE);
        more.put("app-identity", new Facts(new Uuid(9, 9), 1));
        more.put("out", new Facts(new Uuid(1, 2), 12));
        assertThat(rules.changed(BEFORE, more)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"in", "out", "dlq", "app-hidden-states-changelog"})
    void shouldNoticeATopicThatIsGoneOrAnother(String topic) {
        Map<String, Facts> gone = new HashMap<>(BEFORE);
        gone.remove(topic);
        Map<String, Facts> another = new HashMap<>(BEFORE);
        another.put(topic, new Facts(new Uuid(7, 7), 6));

        assertThat(rules.changed(BEFORE, gone)).get().asString().contains("topic " + topic + " was deleted", "app");
        assertThat(rules.changed(BEFORE, another))
                .get()
                .asString()
                .contains("topic " + topic + " was deleted and created again", new Uuid(7, 7).toString());
    }

    @Test
    void shouldNameBothNumbersOfPartitions() {
        Map<String, Facts> more = new HashMap<>(BEFORE);
        more.put("in", new Facts(new Uuid(1, 1), 8));

        assertThat(rules.changed(BEFORE, more)).get().asString().contains("in has 8 partitions", "kept in 6", "reset");
    }
}
