package io.tagstream.train;

import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainReport;
import java.util.List;

/**
 * Is told how training goes, on the training thread:
 *
 * <ol>
 *   <li>{@link #started} once, when corpora, vectors and network are there
 *   <li>{@link #resumed} where a training that was broken off goes on
 *   <li>{@link #advanced} after each step, {@link #epochEnded} after each epoch, and after the part of one that training was stopped in
 *   <li>{@link #stopped} where somebody asked for an early end
 *   <li>{@link #saved} once, when the file is written and checked
 * </ol>
 */
public interface TrainListener {
    /** A listener that does nothing. */
    TrainListener SILENT = new TrainListener() {};

    default void started(RunSize size) {}

    /** @param before how the epochs ended that it goes on after */
    default void resumed(List<EpochReport> before) {}

    /**
     * @param done sentences shown so far, over all epochs
     * @param loss of the last step
     */
    default void advanced(long done, double loss) {}

    default void epochEnded(EpochReport report) {}

    /** Training ends early; the best so far will be saved. */
    default void stopped() {}

    default void saved(TrainReport report) {}
}
