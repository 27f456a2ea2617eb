package io.tagstream.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.admin.TopicRole;
import io.tagstream.admin.WatchedTopic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRulesTest {
    private static final Uuid ID = new Uuid(1, 1);
    private static final Uuid OTHER_ID = new Uuid(1, 2);
    private static final Map<String, TopicView.Shape> FIRST = Map.of(
            "in", new TopicView.Shape(ID, 2),
            "out", new TopicView.Shape(ID, 2),
            "dlq", new TopicView.Shape(ID, 1),
            "app-hidden-states-changelog", new TopicView.Shape(ID, 2),
            "app-identity", new TopicView.Shape(ID, 1));

    private final TopicRules rules = new TopicRules(
            "app",
            List.of(
                    new WatchedTopic("in", TopicRole.INPUT),
                    new WatchedTopic("out", TopicRole.OUTPUT),
                    new WatchedTopic("dlq", TopicRole.DEAD_LETTERS),
                    new WatchedTopic("app-hidden-states-changelog", TopicRole.CHANGELOG),
                    new WatchedTopic("app-identity", TopicRole.IDENTITY)));

    @Test
    void shouldFindNothingWhereNothingChanged() {
        assertThat(rules.shapes(FIRST, new TopicView(FIRST, Set.of()))).isEmpty();
    }

    @Test
    void shouldTakeNoAnswerForNoFinding() {
        assertThat(rules.shapes(FIRST, new TopicView(Map.of(), Set.of()))).isEmpty();
        assertThat(rules.settings(Map.of())).isEmpty();
    }

    @Test
    void shouldNotTakeATopicThatNeverExistedForDeleted() {
        assertThat(rules.shapes(Map.of(), new TopicView(Map.of(), FIRST.keySet())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "out", "dlq", "app-hidden-states-changelog", "app-identity"})
    void shouldStopWhereATopicIsDeleted(String topic) {
        assertThat(rules.shapes(FIRST, new TopicView(Map.of(), Set.of(topic))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.stops()).isTrue();
                    assertThat(finding.sentence())
                            .startsWith("topic " + topic + " was deleted while")
                            .contains(
                                    topic.equals("app-identity")
                                            ? "start again"
                                            : "tagstream reset --application-id app");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "out", "dlq", "app-hidden-states-changelog", "app-identity"})
    void shouldStopWhereATopicIsAnotherOfTheSameName(String topic) {
        TopicView.Shape recreated = new TopicView.Shape(OTHER_ID, 2);
        assertThat(rules.shapes(FIRST, new TopicView(Map.of(topic, recreated), Set.of())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.stops()).isTrue();
                    assertThat(finding.sentence())
                            .startsWith("topic " + topic + " was deleted and created again")
                            .contains(ID.toString(), OTHER_ID.toString());
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldStopWhereTheInputHasNotAsManyPartitionsAsTheChangelog(int partitions) {
        TopicView now = new TopicView(
                Map.of(
                        "in", new TopicView.Shape(ID, partitions),
                        "app-hidden-states-changelog", new TopicView.Shape(ID, 2)),
                Set.of());
        // At the start nothing has been seen before.
        for (Map<String, TopicView.Shape> first : List.of(FIRST, Map.<String, TopicView.Shape>of())) {
            assertThat(rules.shapes(first, now)).singleElement().satisfies(finding -> {
                assertThat(finding.stops()).isTrue();
                assertThat(finding.sentence())
                        .contains("in has " + partitions + " partition", "changelog has 2", "tagstream reset");
            });
        }
    }

    @Test
    void shouldStopWherePartitionsAreAddedThoughThereIsNoChangelog() {
        TopicView now = new TopicView(Map.of("in", new TopicView.Shape(ID, 3)), Set.of());
        assertThat(rules.shapes(FIRST, now)).singleElement().satisfies(finding -> {
            assertThat(finding.stops()).isTrue();
            assertThat(finding.sentence()).contains("3 partitions", "had 2");
        });
    }

    @Test
    void shouldWarnWherePartitionsAreAddedToTheOutput() {
        TopicView now = new TopicView(Map.of("out", new TopicView.Shape(ID, 3)), Set.of());
        assertThat(rules.shapes(FIRST, now)).singleElement().satisfies(finding -> {
            assertThat(finding.stops()).isFalse();
            assertThat(finding.sentence()).contains("3 partitions", "had 2");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app-hidden-states-changelog | delete",
                "app-hidden-states-changelog | compact,delete",
                "app-hidden-states-changelog | 'delete, compact'",
                "app-hidden-states-changelog | ''",
                "app-identity                | delete",
                "dlq                         | compact"
            })
    void shouldStopOnAPolicyThatLosesWhatMustStay(String topic, String policy) {
        assertThat(rules.settings(Map.of(topic, Map.of("cleanup.policy", policy))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.stops()).isTrue();
                    assertThat(finding.sentence()).contains(topic, "cleanup.policy=" + policy, "set ");
                });
    }

    @ParameterizedTest
    @CsvSource({"in, compact", "out, compact", "in, 'compact,delete'", "out, 'delete,compact'", "out, 'compact,compact'"
    })
    void shouldWarnOfACompactedInputOrOutput(String topic, String policy) {
        assertThat(rules.settings(Map.of(topic, Map.of("cleanup.policy", policy))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.stops()).isFalse();
                    assertThat(finding.sentence()).contains(topic, "only the last sentence of a stream");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 0, true",
        "retention.ms, 3599999, true",
        "retention.ms, 3600000, false",
        "retention.ms, -1, false",
        "retention.bytes, 1000, true",
        "retention.bytes, -1, false",
        "retention.bytes, 10000000000, false",
        "local.retention.ms, 1000, false"
    })
    void shouldWarnWhereTheInputIsKeptForLessThanAnHour(String name, String value, boolean warns) {
        List<TopicFinding> findings = rules.settings(Map.of("in", Map.of("cleanup.policy", "delete", name, value)));
        assertThat(findings).hasSize(warns ? 1 : 0).noneMatch(TopicFinding::stops);
        assertThat(findings)
                .allMatch(finding ->
                        finding.sentence().contains(name) && finding.sentence().contains(value));
        assertThat(rules.settings(Map.of("in", Map.of("cleanup.policy", "compact", name, value))))
                .noneMatch(finding -> finding.sentence().contains("outage"));
        assertThat(rules.settings(Map.of("out", Map.of("cleanup.policy", "delete", name, value))))
                .isEmpty();
    }
}
