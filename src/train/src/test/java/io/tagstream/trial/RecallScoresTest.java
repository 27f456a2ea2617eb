package io.tagstream.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Memory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecallScoresTest {
    private static final double CHANCE = 100.0 / RecallTask.ALPHABET.size();

    @TempDir
    private Path folder;

    @Test
    void shouldRememberOverABorderWithTheStateCarriedAndGuessWithItReset() {
        RecallTask task = task("rnn-every");

        Map<String, Double> values = RecallScores.of(task, 1, 3, folder.resolve("model.onnx"), () -> false);

        assertThat(values).hasSize(2 * RecallTask.SENTENCES);
        assertThat(values.get(RecallScores.name(Memory.CARRIED, 0)))
                .isEqualTo(values.get(RecallScores.name(Memory.RESET, 0)))
                .isGreaterThan(3 * CHANCE);
        assertThat(values.get(RecallScores.name(Memory.CARRIED, 1))).isGreaterThan(2 * CHANCE);
        assertThat(values.get(RecallScores.name(Memory.RESET, 1))).isLessThan(2 * CHANCE);
    }

    @Test
    void shouldSayNothingOfATrainingThatWasStopped() {
        assertThat(RecallScores.of(task("lstm-every"), 1, 1, folder.resolve("model.onnx"), () -> true))
                .isEmpty();
    }

    @Test
    void shouldAskForTheFirstSymbolOfTheDocument() {
        List<LabelledSentence> every = task("lstm-every").documents(200, new Random(1));
        List<LabelledSentence> last = task("lstm-last").documents(200, new Random(1));

        String first = "";
        for (LabelledSentence sentence : every) {
            first = sentence.beginsDocument() ? sentence.forms().get(0) : first;
            assertThat(asked(sentence)).isTrue();
            assertThat(labels(sentence)).containsExactly("-", "-", "-", first);
        }
        for (int s = 0; s < last.size(); s++) {
            boolean ends = s + 1 == last.size() || last.get(s + 1).beginsDocument();
            first = last.get(s).beginsDocument() ? last.get(s).forms().get(0) : first;
            assertThat(asked(last.get(s))).isEqualTo(ends);
            assertThat(ends && last.get(s).beginsDocument()).isFalse();
            assertThat(labels(last.get(s))).endsWith(ends ? first : "-");
        }
    }

    private static boolean asked(LabelledSentence sentence) {
        return RecallTask.asks(sentence.forms().get(RecallTask.SYMBOLS));
    }

    private static List<String> labels(LabelledSentence sentence) {
        return sentence.labels().getOrDefault("upos", List.of());
    }

    private static RecallTask task(String name) {
        return RecallTask.ALL.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
