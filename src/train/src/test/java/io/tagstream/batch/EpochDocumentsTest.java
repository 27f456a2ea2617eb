package io.tagstream.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.encode.FeatureIds;
import io.tagstream.encode.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochDocumentsTest {
    private static final int SILVER = 100;

    @Test
    void shouldShowAllOfTrainingInEachEpochInAnOrderOfItsOwn() {
        List<List<Integer>> epochs = epochs(new EpochDocuments(documents(0, 20), List.of(), 2, 3, new Random(1)), 3);

        assertThat(epochs)
                .allSatisfy(epoch -> assertThat(epoch)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 20).boxed().toList()));
        assertThat(epochs).doesNotHaveDuplicates();
    }

    @Test
    void shouldShowAsMuchSilverTextAsAskedForAndAllOfItAsOften() {
        EpochDocuments documents = new EpochDocuments(documents(0, 4), documents(SILVER, 12), 2, 3, new Random(1));

        assertThat(documents.expectedPieces()).isEqualTo(12);
        List<List<Integer>> epochs = epochs(documents, 3);

        assertThat(epochs).allSatisfy(epoch -> {
            assertThat(epoch).hasSize(12).contains(0, 1, 2, 3);
            assertThat(epoch).filteredOn(document -> document >= SILVER).hasSize(8);
        });
        Map<Integer, Long> shown = epochs.stream()
                .flatMap(List::stream)
                .filter(document -> document >= SILVER)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(shown)
                .hasSize(12)
                .allSatisfy((document, times) -> assertThat(times).isEqualTo(2));
    }

    @Test
    void shouldShowSilverTextOnceAnEpochWhereThereIsLittleOfIt() {
        EpochDocuments documents = new EpochDocuments(documents(0, 4), documents(SILVER, 3), 2, 2, new Random(1));

        assertThat(epochs(documents, 2))
                .allSatisfy(epoch -> assertThat(epoch).containsExactlyInAnyOrder(0, 1, 2, 3, 100, 101, 102));
    }

    @Test
    void shouldDoWithoutSilverText() {
        EpochDocuments documents = new EpochDocuments(documents(0, 4), documents(SILVER, 3), 0, 2, new Random(1));

        assertThat(epochs(documents, 2)).allSatisfy(epoch -> assertThat(epoch).containsExactlyInAnyOrder(0, 1, 2, 3));
    }

    /** What each epoch shows, as far as the ends of epochs say where it ends; and nothing may be left over. */
    private static List<List<Integer>> epochs(EpochDocuments documents, int count) {
        List<List<Integer>> epochs = new ArrayList<>();
        long shown = 0;
        for (int epoch = 1; epoch <= count; epoch++) {
            List<Integer> one = new ArrayList<>();
            for (long end = documents.end(epoch); shown < end; shown++) {
                one.add(documents.next().get(0).sentence());
            }
            epochs.add(one);
        }
        assertThat(documents.hasNext()).isFalse();
        return epochs;
    }

    /** Of one token each. */
    private static List<List<Piece>> documents(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(sentence -> List.of(new Piece(
                        sentence,
                        0,
                        new FeatureIds(new int[1][2], new int[1][2], new int[1][2]),
                        new int[1][1],
                        null,
                        null,
                        false,
                        true)))
                .toList();
    }
}
