package io.tagstream.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.encode.FeatureIds;
import io.tagstream.encode.NameSwap;
import io.tagstream.encode.Piece;
import io.tagstream.encode.SoftLabels;
import io.tagstream.encode.Turn;
import io.tagstream.encode.View;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.Vocabulary;
import io.tagstream.network.StreamStates;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.NounLabels;
import io.tagstream.text.TagSet;
import io.tagstream.train.MiniCorpus;
import io.tagstream.words.WordTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPackerTest {
    private static final int LEARNED = 5;

    /** Ids 2 to 4 learn (2 is frequent, 4 has no vector), id 5 is a pre-trained word only. */
    private static final WordTable WORDS = new WordTable(
            new FeatureColumn("word", FeatureColumn.Kind.WORD, 0, new Vocabulary(List.of("a", "b", "c", "d"))),
            LEARNED,
            new int[] {0, 0, 1_000_000, 1, 1},
            1,
            new float[6],
            new boolean[] {false, false, true, true, false, true});

    @Test
    void shouldPackTimeByTimeLongestFirst() {
        PackedBatch batch = packer(0).pack(List.of(turn(0, 2), turn(1, 3, 4, 5), turn(2, 3, 2)));

        assertThat(batch.turns()).extracting(Turn::stream).containsExactly(1, 2, 0);
        // With one end symbol each: 4, 3 and 2 inputs.
        assertThat(batch.batchSizes()).containsExactly(3, 3, 2, 1);
        assertThat(batch.ids()[0]).containsExactly(3, 3, 2, 4, 2, 1, 5, 1, 1);
        assertThat(batch.readOut()[0]).containsExactly(0, 3, 6, 1, 4, 2);
        assertThat(batch.readOut()[1]).containsExactly(3, 6, 8, 4, 7, 5);
        assertThat(batch.labels()[0]).containsExactly(30, 40, 50, 30, 20, 20);
    }

    @Test
    void shouldReverseEveryPieceInItself() {
        PackedBatch batch = packer(0).pack(List.of(turn(0, 2), turn(1, 3, 4, 5)));

        // Packed: 3 2 | 4 end | 5 | end; each from its end: end end | 5 2 | 4 | 3.
        assertThat(batch.reversed()).containsExactly(5, 3, 4, 1, 2, 0);
        for (int place = 0; place < batch.reversed().length; place++) {
            assertThat(batch.reversed()[(int) batch.reversed()[place]]).isEqualTo(place);
        }
    }

    @Test
    void shouldReadTheNextInputBesideEachWithAWindow() {
        PackedBatch batch = new BatchPacker(WORDS, settings(true), 0, new Random(7), null)
                .pack(List.of(turn(0, 2), turn(1, 3, 4, 5)));

        // Inputs packed: 3 2 | 4 end | 5 | end; steps: 3 2 | 4 | 5.
        assertThat(batch.ids()[0]).containsExactly(3, 2, 4, 1, 5, 1);
        assertThat(batch.batchSizes()).containsExactly(2, 1, 1);
        assertThat(batch.window()[0]).containsExactly(0, 1, 2, 4);
        assertThat(batch.window()[1]).containsExactly(2, 3, 4, 5);
        assertThat(batch.readOut()).hasDimensions(1, 4);
        assertThat(batch.readOut()[0]).containsExactly(0, 2, 3, 1);
        assertThat(batch.reversed()).containsExactly(3, 1, 2, 0);
    }

    @Test
    void shouldLeaveTheLabelsOfAMachineToItsProbabilities() {
        SoftLabels nothing = (layer, token, weight, sums, from) -> {};
        Turn silver = new Turn(turn(0, 2, 3).piece().silver(nothing), 0, false, View.AS_WRITTEN);

        assertThat(packer(0).pack(List.of(silver, turn(1, 4))).labels()[0])
                .containsExactly(Piece.NO_LABEL, Piece.NO_LABEL, 40);
    }

    @Test
    void shouldLeavePluralsAsTheyAre() {
        List<LabelLayer> layers = List.of(
                new LabelLayer("upos", new TagSet(List.of("NOUN", "PROPN"))),
                new LabelLayer("xpos", new TagSet(List.of("NN", "NNS", "NNP"))));
        int[][] ids = {{2, 3, 4, Vocabulary.END}};
        Piece piece = new Piece(
                0, 0, new FeatureIds(ids, ids, ids), new int[][] {{0, 0, 1}, {0, 1, 2}}, null, null, false, true);
        NameSwap swap = new NameSwap(1, NounLabels.UNIVERSAL, layers, List.of(List.of(piece)));
        BatchPacker packer = new BatchPacker(WORDS, settings(false), 0, new Random(7), swap);

        assertThat(packer.pack(List.of(new Turn(piece, 0, true, View.LOWER_CASE)))
                        .ids()[0])
                .containsExactly(4, 3, 2, Vocabulary.END);
    }

    @Test
    void shouldSwapWhateverTheNumberWhereTheOtherTagsAreNotPenns() {
        List<LabelLayer> layers = List.of(
                new LabelLayer("upos", new TagSet(List.of("NOUN", "PROPN"))),
                new LabelLayer("xpos", new TagSet(List.of("N", "Np"))));
        int[][] ids = {{2, 4, Vocabulary.END}};
        Piece piece =
                new Piece(0, 0, new FeatureIds(ids, ids, ids), new int[][] {{0, 1}, {0, 1}}, null, null, false, true);
        NameSwap swap = new NameSwap(1, NounLabels.UNIVERSAL, layers, List.of(List.of(piece)));
        BatchPacker packer = new BatchPacker(WORDS, settings(false), 0, new Random(7), swap);

        assertThat(packer.pack(List.of(new Turn(piece, 0, true, View.LOWER_CASE)))
                        .ids()[0])
                .containsExactly(4, 2, Vocabulary.END);
    }

    @Test
    void shouldLetNamesInLowerCaseLookLikeNounsAndNounsLikeNames() {
        LabelLayer layer = new LabelLayer("upos", new TagSet(List.of("NOUN", "PROPN")));
        int[][] ids = {{2, 4, Vocabulary.END}};
        int[][] lowerIds = {{3, 5, Vocabulary.END}};
        int[][] lowerNamesIds = {{2, 5, Vocabulary.END}};
        Piece piece = new Piece(
                0, 0, new FeatureIds(ids, lowerIds, lowerNamesIds), new int[][] {{0, 1}}, null, null, false, true);
        NameSwap swap = new NameSwap(1, NounLabels.UNIVERSAL, List.of(layer), List.of(List.of(piece)));
        BatchPacker packer = new BatchPacker(WORDS, settings(false), 0, new Random(7), swap);

        BatchPacker plain = new BatchPacker(WORDS, settings(false), 0, new Random(7), null);
        assertThat(plain.pack(List.of(new Turn(piece, 0, true, View.LOWER_NAMES)))
                        .ids()[0])
                .containsExactly(2, 5, Vocabulary.END);
        PackedBatch lower = packer.pack(List.of(new Turn(piece, 0, true, View.LOWER_CASE)));
        assertThat(lower.ids()[0]).containsExactly(5, 3, Vocabulary.END);
        assertThat(lower.labels()[0]).containsExactly(0, 1);
        assertThat(packer.pack(List.of(new Turn(piece, 0, true, View.LOWER_NAMES)))
                        .ids()[0])
                .containsExactly(5, 3, Vocabulary.END);
        assertThat(packer.pack(List.of(new Turn(piece, 0, true, View.AS_WRITTEN)))
                        .ids()[0])
                .containsExactly(2, 4, Vocabulary.END);
    }

    @Test
    void shouldGiveRowsToLearnToTheWordsOfTrainingAlone() {
        PackedBatch batch = packer(0).pack(List.of(turn(0, 2, 4, 5, Vocabulary.UNKNOWN)));

        assertThat(batch.learnedRows()).containsExactly(3, 5, 0, Vocabulary.UNKNOWN + 1, Vocabulary.END + 1);
    }

    @Test
    void shouldDropRareWordsAndKeepFrequentOnes() {
        BatchPacker packer = packer(1);
        int dropped = 0;
        for (int i = 0; i < 1000; i++) {
            PackedBatch batch = packer.pack(List.of(turn(0, 2, 3, 4)));
            assertThat(batch.learnedRows()[0]).isEqualTo(3);
            // A word with a pre-trained vector keeps it; one without becomes the unknown word.
            assertThat(batch.ids()[0][1]).isEqualTo(3);
            assertThat(batch.learnedRows()[1]).isIn(0L, 4L);
            assertThat(List.of(batch.ids()[0][2], batch.learnedRows()[2])).isIn(List.of(4L, 5L), List.of(0L, 1L));
            dropped += batch.learnedRows()[1] == 0 ? 1 : 0;
        }
        assertThat(dropped).isBetween(440, 560);
    }

    @Test
    void shouldKeepStreamsFullAndDocumentsWhole() {
        Iterator<List<Piece>> documents = List.of(document(0, 3), document(10, 1), document(20, 2), document(30, 1))
                .iterator();
        DocumentStreams streams =
                new DocumentStreams(documents, 2, document -> document.size() == 2 ? View.LOWER_CASE : View.AS_WRITTEN);

        assertThat(streams.next()).extracting(turn -> turn.piece().sentence()).containsExactly(0, 10);
        List<Turn> second = streams.next();
        assertThat(second).extracting(turn -> turn.piece().sentence()).containsExactly(1, 20);
        assertThat(second).extracting(Turn::fresh).containsExactly(false, true);
        assertThat(second).extracting(Turn::view).containsExactly(View.AS_WRITTEN, View.LOWER_CASE);
        assertThat(streams.next()).extracting(turn -> turn.piece().sentence()).containsExactly(2, 21);
        assertThat(streams.next()).extracting(turn -> turn.piece().sentence()).containsExactly(30);
        assertThat(streams.next()).isEmpty();
    }

    @Test
    void shouldReturnEachStreamItsOwnStateAndAFreshOneZeros() {
        StreamStates states = new StreamStates(2, 2, 1);
        Turn first = turn(0, 2);
        Turn second = turn(1, 2);
        // [layers, turns, hidden] with the second stream's turn first.
        states.scatter(List.of(second, first), new float[] {1, 2, 3, 4});

        assertThat(states.gather(List.of(first, second))).containsExactly(2, 1, 4, 3);
        assertThat(states.gather(List.of(second))).containsExactly(1, 3);
        Turn fresh = new Turn(first.piece(), 0, true, View.AS_WRITTEN);
        assertThat(states.gather(List.of(fresh, second))).containsExactly(0, 1, 0, 3);
    }

    private static BatchPacker packer(double wordDropout) {
        return new BatchPacker(WORDS, settings(false), wordDropout, new Random(7), null);
    }

    private static NetworkSettings settings(boolean window) {
        return MiniCorpus.network(Cell.LSTM, 1, 4, 0, 1, window, 1, 1);
    }

    private static Turn turn(int stream, int... words) {
        int[] ids = Arrays.copyOf(words, words.length + 1);
        ids[words.length] = Vocabulary.END;
        int[] labels = Arrays.stream(words).map(word -> word * 10).toArray();
        Piece piece = new Piece(
                0,
                0,
                new FeatureIds(new int[][] {ids}, new int[][] {ids}, new int[][] {ids}),
                new int[][] {labels},
                null,
                null,
                false,
                false);
        return new Turn(piece, stream, false, View.AS_WRITTEN);
    }

    private static List<Piece> document(int firstSentence, int sentences) {
        return IntStream.range(firstSentence, firstSentence + sentences)
                .mapToObj(sentence -> new Piece(
                        sentence,
                        0,
                        new FeatureIds(new int[1][2], new int[1][2], new int[1][2]),
                        new int[1][1],
                        null,
                        null,
                        false,
                        sentence == firstSentence))
                .toList();
    }
}
