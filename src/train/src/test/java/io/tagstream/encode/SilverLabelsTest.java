package io.tagstream.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tagstream.batch.BatchPacker;
import io.tagstream.batch.PackedBatch;
import io.tagstream.batch.Targets;
import io.tagstream.data.LabelShares;
import io.tagstream.data.LabelledSentence;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.Vocabulary;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.text.TagSet;
import io.tagstream.train.MiniCorpus;
import io.tagstream.words.WordTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SilverLabelsTest {
    private static final int NOUN = 1;
    private static final LabelLayer LAYER = new LabelLayer("upos", new TagSet(List.of("ADJ", "NOUN", "VERB")));
    private static final LabelShares UNSURE = new LabelShares(List.of("NOUN", "X", "ADJ"), List.of(60, 20, 20));

    @Test
    void shouldLeaveOutLabelsThatTheModelLacksAndGiveTheirShareToTheOthers() {
        Targets targets = targets(taught(piece(0, 2), soft(UNSURE, LabelShares.certain("X"))));

        assertThat(targets.rows()).containsExactly(0.25f, 0.75f, 0, 0, 0, 0);
        assertThat(targets.labelled()).isEqualTo(1);
    }

    @Test
    void shouldTakeALabelWithoutSharesForCertain() {
        LabelledSentence sentence =
                new LabelledSentence("", null, List.of("a", "b"), Map.of("upos", List.of("VERB", "X")), true);

        assertThat(targets(taught(piece(0, 2), sentence)).rows()).containsExactly(0, 0, 1, 0, 0, 0);
    }

    @Test
    void shouldCutWhatIsSaidAsTheSentenceIsCut() {
        Piece second = taught(piece(1, 1), soft(LabelShares.certain("ADJ"), LabelShares.certain("VERB")));

        assertThat(targets(second).rows()).containsExactly(0, 0, 1);
        assertThat(second.lowerSoft()).isSameAs(second.soft());
    }

    @Test
    void shouldRefuseACorpusThatSaysNothing() {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> taught(piece(0, 2), soft(LabelShares.certain("X"), LabelShares.NONE)))
                .withMessageContaining("the silver corpus has no 'upos' labels");
    }

    @Test
    void shouldMixTheLabelsOfTrainingWithTheirTeacherAndTakeAMachinesAsTheyAre() {
        Piece plain = piece(0, 1);
        Piece taught = plain.taught(
                new DenseLabels(new float[][] {{0.5f, 0.25f, 0.25f}}, 1),
                new DenseLabels(new float[][] {{1, 0, 0}}, 1));
        Piece silver = taught(plain, soft(UNSURE, UNSURE));

        Targets targets = targets(taught, plain, silver);

        assertThat(targets.rows()).containsExactly(0.25f, 0.625f, 0.125f, 0, 1, 0, 0.25f, 0.75f, 0);
        assertThat(targets.labelled()).isEqualTo(3);
    }

    private static LabelledSentence soft(LabelShares first, LabelShares second) {
        return new LabelledSentence(
                "", null, List.of("a", "b"), Map.of(), true, List.of(), Map.of("upos", List.of(first, second)));
    }

    private static Piece taught(Piece piece, LabelledSentence sentence) {
        return new SilverLabels(List.of(LAYER))
                .teach(List.of(List.of(piece)), List.of(sentence))
                .get(0)
                .get(0);
    }

    private static Piece piece(int offset, int length) {
        int[][] ids = new int[1][length + 1];
        int[][] labels = new int[1][length];
        Arrays.fill(labels[0], NOUN);
        return new Piece(0, offset, new FeatureIds(ids, ids, ids), labels, null, null, false, true);
    }

    /** Of equally long pieces, with half of a target the teacher's. */
    private static Targets targets(Piece... pieces) {
        WordTable words = new WordTable(
                new FeatureColumn("word", FeatureColumn.Kind.WORD, 0, new Vocabulary(List.of())),
                2,
                new int[2],
                1,
                new float[2],
                new boolean[2]);
        List<Turn> turns = new ArrayList<>();
        for (Piece piece : pieces) {
            turns.add(new Turn(piece, turns.size(), true, View.AS_WRITTEN));
        }
        NetworkSettings network = MiniCorpus.network(Cell.LSTM, 1, 4, 0, 1, false, 1, 1);
        PackedBatch batch = new BatchPacker(words, network, 0, new Random(1), null).pack(turns);
        return Targets.of(batch, 0, LAYER.tags().size(), 0.5);
    }
}
