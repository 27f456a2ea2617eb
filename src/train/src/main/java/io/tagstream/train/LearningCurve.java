package io.tagstream.train;

import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainReport;
import java.util.ArrayList;
import java.util.List;

/** Remembers the epochs and passes everything on. */
final class LearningCurve implements TrainListener {
    private final TrainListener next;
    private final List<EpochReport> epochs = new ArrayList<>();

    LearningCurve(TrainListener next) {
        this.next = next;
    }

    List<EpochReport> epochs() {
        return List.copyOf(epochs);
    }

    @Override
    public void started(RunSize size) {
        next.started(size);
    }

    @Override
    public void resumed(List<EpochReport> before) {
        epochs.addAll(before);
        next.resumed(before);
    }

    @Override
    public void advanced(long done, double loss) {
        next.advanced(done, loss);
    }

    @Override
    public void epochEnded(EpochReport report) {
        epochs.add(report);
        next.epochEnded(report);
    }

    @Override
    public void stopped() {
        next.stopped();
    }

    @Override
    public void saved(TrainReport report) {
        next.saved(report);
    }
}
