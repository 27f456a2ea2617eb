package io.tagstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.data.LabelledSentence;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.Optimizer;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
    private static final int EPOCHS = 5;

    @TempDir
    private Path folder;

    /** All that is random takes part: order, case, dropped words and units, swapped names; and the silver text's share goes over epochs. */
    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void shouldGiveTheFileOfAnUnbrokenRunHoweverOftenItIsBrokenOff(Optimizer optimizer) throws IOException {
        TrainSettings whole = settings("whole", optimizer);
        TrainSettings broken = settings("broken", optimizer);
        Epochs unbroken = new Epochs(Integer.MAX_VALUE);
        train(whole, unbroken, false);

        train(broken, new Epochs(unbroken.steps / EPOCHS + 3), false);
        assertThat(Trainer.checkpoint(broken.out())).exists();
        train(broken, new Epochs(2 * unbroken.steps / EPOCHS + 2), true);
        Epochs last = new Epochs(Integer.MAX_VALUE);
        TrainReport report = train(broken, last, true);

        assertThat(report.stopped()).isFalse();
        assertThat(Files.readAllBytes(broken.out())).isEqualTo(Files.readAllBytes(whole.out()));
        assertThat(Trainer.checkpoint(broken.out())).doesNotExist();
        assertThat(last.steps).isPositive().isLessThan(unbroken.steps);
        assertThat(last.resumed).hasSizeBetween(1, EPOCHS - 1);
        assertThat(withoutTime(last.all())).isEqualTo(withoutTime(unbroken.all()));
    }

    @Test
    void shouldGoOnFromTheLastWholeEpoch() {
        TrainSettings settings = settings("broken", Optimizer.ADAM);
        Epochs unbroken = new Epochs(Integer.MAX_VALUE);
        train(settings("whole", Optimizer.ADAM), unbroken, false);

        // In the middle of the third epoch; epochs differ a little in length.
        train(settings, new Epochs(5 * unbroken.steps / (2 * EPOCHS)), false);
        Epochs second = new Epochs(0);
        train(settings, second, true);

        assertThat(second.resumed).extracting(EpochReport::epoch).containsExactly(1, 2);
    }

    @Test
    void shouldRefuseACheckpointOfOtherSettingsOrCorpora() {
        TrainSettings settings = settings("broken", Optimizer.ADAM);
        train(settings, new Epochs(60), false);
        LearningSettings faster = learning(Optimizer.ADAM).learningRate(0.5).build();
        List<LabelledSentence> shorter = corpora().train().subList(0, 50);

        assertRefused(with(settings, faster), corpora(), "learningRate was 0.01 and is 0.5");
        assertRefused(
                settings, new Corpora(shorter, corpora().dev(), corpora().silver()), "the training corpus was another");
        assertRefused(settings, corpora().withoutSilver(), "the silver corpus was another");
    }

    @Test
    void shouldRefuseADamagedOrForeignCheckpoint() throws IOException {
        TrainSettings settings = settings("broken", Optimizer.ADAM);
        Path file = Trainer.checkpoint(settings.out());
        assertRefused(settings, corpora(), "there is no checkpoint " + file);
        train(settings, new Epochs(60), false);
        byte[] good = Files.readAllBytes(file);

        Files.write(file, "not one at all".getBytes(StandardCharsets.UTF_8));
        assertRefused(settings, corpora(), "is no checkpoint");
        for (int damaged : List.of(good.length / 2, good.length - 9, 4000)) {
            byte[] bad = good.clone();
            bad[damaged] ^= 1;
            Files.write(file, bad);
            assertThatExceptionOfType(TrainingException.class)
                    .isThrownBy(() -> new CheckpointFile(file).read())
                    .withMessageContaining("is damaged");
        }
        byte[] other = good.clone();
        other[7] = 99;
        Files.write(file, other);
        assertRefused(settings, corpora(), "has format 99, expected 2");
        Files.write(file, good, StandardOpenOption.TRUNCATE_EXISTING);
        Files.write(file, Arrays.copyOf(good, good.length - 100));
        assertRefused(settings, corpora(), "is damaged");
    }

    private void assertRefused(TrainSettings settings, Corpora corpora, String problem) {
        assertThatThrownBy(() -> train(settings, corpora, new Epochs(Integer.MAX_VALUE), true))
                .hasMessageContaining(problem);
    }

    private static TrainReport train(TrainSettings settings, Epochs listener, boolean resume) {
        return train(settings, corpora(), listener, resume);
    }

    private static TrainReport train(TrainSettings settings, Corpora corpora, Epochs listener, boolean resume) {
        CheckpointFile file = new CheckpointFile(Trainer.checkpoint(settings.out()));
        Checkpoint from = resume ? file.read() : null;
        return Trainer.train(
                settings,
                corpora,
                null,
                new Trainer.Keeping(file, from),
                listener,
                () -> listener.steps >= listener.most);
    }

    private static Corpora corpora() {
        List<LabelledSentence> all = MiniCorpus.sentences();
        return new Corpora(all, all, all.subList(20, 50));
    }

    private TrainSettings settings(String name, Optimizer optimizer) {
        return MiniCorpus.settings(
                folder.resolve(name + ".onnx"),
                MiniCorpus.SMALL,
                learning(optimizer).build(),
                Precision.INT8);
    }

    /** Fewer documents than streams would fill, so that streams run from one epoch into the next. */
    private static LearningSettings.Builder learning(Optimizer optimizer) {
        return MiniCorpus.learning(EPOCHS).streams(3).silverShare(0.3).optimizer(optimizer);
    }

    private static TrainSettings with(TrainSettings settings, LearningSettings learning) {
        return new TrainSettings(
                settings.corpora(),
                settings.vectors(),
                settings.teachers(),
                settings.out(),
                settings.identity(),
                settings.network(),
                learning);
    }

    private static List<EpochReport> withoutTime(List<EpochReport> epochs) {
        return epochs.stream()
                .map(epoch -> new EpochReport(
                        epoch.epoch(), epoch.share(), epoch.loss(), epoch.devAccuracy(), 0, epoch.best()))
                .toList();
    }

    /** Stops after so many steps. */
    private static final class Epochs implements TrainListener {
        private final List<EpochReport> own = new ArrayList<>();
        private final int most;
        private List<EpochReport> resumed = List.of();
        private int steps;

        Epochs(int most) {
            this.most = most;
        }

        List<EpochReport> all() {
            List<EpochReport> all = new ArrayList<>(resumed);
            all.addAll(own);
            return all;
        }

        @Override
        public void resumed(List<EpochReport> before) {
            resumed = before;
        }

        @Override
        public void advanced(long done, double loss) {
            steps++;
        }

        @Override
        public void epochEnded(EpochReport report) {
            own.add(report);
        }
    }
}
