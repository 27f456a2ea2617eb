package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Offsets, records and topics are not what the application left. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class InputFaultsIT {
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void shouldGoOnWhereItWasWhenOffsetsExpire(Stage stage) throws Exception {
        stage.run("offsets expired", Model.ENGLISH, OffsetHarms.offsetsExpired(3));
    }

    @Test
    void shouldCountRecordsThatExpiredBeforeItStarted(Stage stage) throws Exception {
        stage.run("records expired while it was down", Model.CHECKSUM, InputHarms.recordsExpired(3));
    }

    @Test
    void shouldCountRecordsThatExpireWhileItRuns(Stage stage) throws Exception {
        stage.run("records expired while it ran", Model.CHECKSUM, InputHarms.recordsExpiredWhileItRuns(3));
    }

    @Test
    void shouldRefuseARecreatedChangelog(Stage stage) throws Exception {
        stage.run("changelog recreated, --lost-states reset", Model.CHECKSUM, InputHarms.changelogRecreated(2));
    }

    @Test
    void shouldRefuseAnotherInput(Stage stage) throws Exception {
        stage.run("two inputs under one application id", Model.CHECKSUM, InputHarms.twoInputs());
    }

    @Test
    void shouldRefuseAddedPartitions(Stage stage) throws Exception {
        stage.run("partitions added while it was down", Model.CHECKSUM, InputHarms.partitionsAdded());
    }

    @Test
    void shouldTakeTheLargestTimestamps(Stage stage) throws Exception {
        stage.run("largest timestamps, states expire, kill -9", Model.CHECKSUM, InputHarms.largestTimestamps(3));
    }

    @Test
    void shouldRefuseARecreatedInput(Stage stage) throws Exception {
        stage.run("input recreated, --recreated-input restart", Model.CHECKSUM, InputHarms.inputRecreated(2));
    }

    @Test
    void shouldDoubleNothingWhenOffsetsAreMovedBack(Stage stage) throws Exception {
        stage.run("offsets moved back", Model.CHECKSUM, OffsetHarms.offsetsMovedBack(2));
    }

    @Test
    void shouldRefuseOffsetsThatAreMovedForward(Stage stage) throws Exception {
        stage.run("offsets moved forward, --moved-offsets accept", Model.CHECKSUM, OffsetHarms.offsetsMovedForward(2));
    }

    @Test
    void shouldKeepThePositionAfterADeadLetter(Stage stage) throws Exception {
        stage.run(
                "kill -9 after a dead letter, offsets expired",
                Model.CHECKSUM,
                OffsetHarms.killedAfter(() -> Input.bad("stream-0", -made.incrementAndGet()), 3));
    }

    @Test
    void shouldKeepThePositionAfterATombstone(Stage stage) throws Exception {
        stage.run(
                "kill -9 after a tombstone, offsets expired",
                Model.CHECKSUM,
                OffsetHarms.killedAfter(() -> new Input("stream-0", null, null, false), 3));
    }

    @Test
    void shouldReadTransactions(Stage stage) throws Exception {
        stage.run("input in transactions, kill -9, offsets expired", Model.CHECKSUM, OffsetHarms.transactions(2));
    }

    @Test
    void shouldReadACompactedInput(Stage stage) throws Exception {
        stage.run("input compacted before it is read, offsets expired", Model.CHECKSUM, OffsetHarms.compacted(1));
    }

    @Test
    void shouldHandPositionsOver(Stage stage) throws Exception {
        stage.run("two instances, one dies, offsets expired", Model.CHECKSUM, OffsetHarms.rebalanced(2));
    }

    @Test
    void shouldStartTwiceAtOnce(Stage stage) throws Exception {
        stage.run("first start of two instances at once", Model.CHECKSUM, OffsetHarms.bothFirst());
    }
}
