package io.tagstream.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.position.PositionRules.Verdict;
import io.tagstream.settings.InputPolicy;
import io.tagstream.settings.InputPolicy.LostStates;
import io.tagstream.settings.InputPolicy.MissingRecords;
import io.tagstream.settings.InputPolicy.MovedOffsets;
import io.tagstream.settings.InputPolicy.RecreatedInput;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionRulesTest {
    private static final TopicPartition PARTITION = new TopicPartition("in", 3);
    private static final Uuid TOPIC = new Uuid(1, 2);
    private static final Uuid OTHER = new Uuid(3, 4);

    private final PositionRules byDefault = new PositionRules(InputPolicy.DEFAULT);
    private final PositionRules lenient = new PositionRules(
            new InputPolicy(null, MovedOffsets.ACCEPT, MissingRecords.STOP, RecreatedInput.RESTART, LostStates.RESET));

    private boolean recordsBetween;

    private PositionRules.Found found(@Nullable Long position, @Nullable Long committed, long start, long end) {
        return found(position, committed, true, true, TOPIC, start, end);
    }

    private PositionRules.Found found(
            @Nullable Long position,
            @Nullable Long committed,
            boolean byStreams,
            boolean groupIsEmpty,
            Uuid now,
            long start,
            long end) {
        return new PositionRules.Found(
                PARTITION,
                position == null ? null : new InputPosition(TOPIC, position),
                committed,
                byStreams,
                groupIsEmpty,
                now,
                start,
                end,
                () -> recordsBetween);
    }

    private static void assertGoesOn(Verdict verdict, long offset, String... warnings) {
        assertThat(verdict.next()).isEqualTo(new InputPosition(TOPIC, offset));
        assertThat(verdict.warnings()).hasSize(warnings.length);
        for (int i = 0; i < warnings.length; i++) {
            assertThat(verdict.warnings().get(i)).contains(warnings[i]);
        }
    }

    @Test
    void shouldGoOnWithoutAWordWhereAllIsAsItWasLeft() {
        assertGoesOn(byDefault.judge(found(7L, 7L, 0, 9)), 7);
        assertGoesOn(byDefault.judge(found(null, 7L, 0, 9)), 7);
        assertGoesOn(byDefault.judge(found(0L, 0L, 0, 0)), 0);
    }

    @Test
    void shouldGoOnAtThePositionWhereTheOffsetIsGoneOrBehind() {
        assertGoesOn(byDefault.judge(found(7L, null, 0, 9)), 7, "is gone");
        assertGoesOn(byDefault.judge(found(7L, 2L, 0, 9)), 7, "is 2");
    }

    @Test
    void shouldTakeAnOffsetAheadForNormalOnlyWhereNoRecordLiesBetween() {
        assertGoesOn(byDefault.judge(found(7L, 9L, 0, 9)), 9);

        recordsBetween = true;
        assertThatThrownBy(() -> byDefault.judge(found(7L, 9L, 0, 9)))
                .hasMessageContainingAll("in-3", "moved to 9", "offset 7", "--moved-offsets accept");
        assertGoesOn(lenient.judge(found(7L, 9L, 0, 9)), 9, "are skipped");
    }

    @Test
    void shouldNotGuessWhatRetentionRemovedBetweenPositionAndOffset() {
        assertGoesOn(byDefault.judge(found(7L, 9L, true, true, TOPIC, 9, 9)), 9);
        assertThatThrownBy(() -> byDefault.judge(found(7L, 9L, false, true, TOPIC, 9, 9)))
                .hasMessageContaining("--moved-offsets accept");
    }

    @Test
    void shouldLeaveTheOffsetsOfALivingGroupAlone() {
        recordsBetween = true;
        assertGoesOn(byDefault.judge(found(7L, 9L, true, false, TOPIC, 0, 9)), 7);
        assertGoesOn(byDefault.judge(found(7L, null, true, false, TOPIC, 0, 9)), 7);
    }

    @Test
    void shouldLeaveMissingRecordsToTheConsumerUnlessItMustStop() {
        assertGoesOn(byDefault.judge(found(7L, 7L, 20, 30)), 7);
        assertThatThrownBy(() -> lenient.judge(found(7L, 7L, 20, 30)))
                .hasMessageContainingAll("offset 7 to 19", "at most 13", "--missing-records");
    }

    @Test
    void shouldRefuseAnotherTopicOrOneThatEndsBefore() {
        assertThatThrownBy(() -> byDefault.judge(found(7L, 7L, true, true, OTHER, 0, 9)))
                .hasMessageContainingAll(TOPIC.toString(), OTHER.toString(), "--recreated-input restart");
        assertThatThrownBy(() -> byDefault.judge(found(7L, 7L, 0, 6)))
                .hasMessageContainingAll("up to offset 7", "ends at 6", "--recreated-input restart");
        assertThatThrownBy(() -> byDefault.judge(found(null, 7L, 0, 6))).hasMessageContaining("ends at 6");

        Verdict restarted = lenient.judge(found(7L, 7L, true, true, OTHER, 2, 9));
        assertThat(restarted.next()).isEqualTo(new InputPosition(OTHER, 2));
        assertThat(restarted.warnings()).singleElement().asString().contains("from its start");
    }

    @Test
    void shouldRefuseWhereNothingIsKnown() {
        assertThatThrownBy(() -> byDefault.judge(found(null, null, 0, 9))).hasMessageContaining("--from");
    }
}
