package io.tagstream.batch;

import io.tagstream.encode.NameSwap;
import io.tagstream.encode.Piece;
import io.tagstream.encode.Turn;
import io.tagstream.model.Vocabulary;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.words.WordTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Packs turns, and in training takes some words for ones never seen before: the rarer a word, the likelier. Such a word keeps
 * its pre-trained vector without what was learned on top, or becomes the unknown word where it has none.
 */
public final class BatchPacker {
    private final WordTable words;
    private final NetworkSettings settings;
    private final double wordDropout;
    private final RandomGenerator random;
    private final @Nullable NameSwap swap;

    /**
     * @param wordDropout a, where a word seen n times is dropped with probability a / (a + n); 0 for never
     * @param swap which names look like nouns, or null for none
     */
    public BatchPacker(
            WordTable words,
            NetworkSettings settings,
            double wordDropout,
            RandomGenerator random,
            @Nullable NameSwap swap) {
        this.words = words;
        this.settings = settings;
        this.wordDropout = wordDropout;
        this.random = random;
        this.swap = swap;
    }

    public PackedBatch pack(List<Turn> given) {
        List<Turn> turns = new ArrayList<>(given);
        turns.sort(Comparator.comparingInt((Turn turn) -> turn.piece().inputs()).reversed());
        long[] inputSizes = batchSizes(turns, 0);
        int[] inputOffsets = offsets(inputSizes);
        long[] stepSizes = settings.window() ? batchSizes(turns, settings.lookAhead()) : inputSizes;
        int[] stepOffsets = settings.window() ? offsets(stepSizes) : inputOffsets;
        int inputs = inputOffsets[inputSizes.length];
        int steps = stepOffsets[stepSizes.length];
        int tokens = turns.stream().mapToInt(turn -> turn.piece().length()).sum();
        Piece first = turns.get(0).piece();
        PackedBatch batch = new PackedBatch(
                List.copyOf(turns),
                stepSizes,
                new long[first.ids().written().length][inputs],
                new long[inputs],
                settings.window() ? new long[settings.windowWidth()][steps] : new long[0][],
                new long[settings.statesRead()][tokens],
                new long[steps],
                new long[first.labels().length][tokens]);
        int token = 0;
        for (int row = 0; row < turns.size(); row++) {
            fillInputs(batch, row, inputOffsets);
            fillSteps(batch, row, inputOffsets, stepOffsets);
            token = fillTokens(batch, row, stepOffsets, token);
        }
        return batch;
    }

    /** By time, how many pieces have as many inputs, not counting the last {@code less}. */
    private static long[] batchSizes(List<Turn> turns, int less) {
        long[] sizes = new long[turns.get(0).piece().inputs() - less];
        for (Turn turn : turns) {
            for (int t = 0; t < turn.piece().inputs() - less; t++) {
                sizes[t]++;
            }
        }
        return sizes;
    }

    private static int[] offsets(long[] sizes) {
        int[] offsets = new int[sizes.length + 1];
        for (int t = 0; t < sizes.length; t++) {
            offsets[t + 1] = offsets[t] + (int) sizes[t];
        }
        return offsets;
    }

    private void fillInputs(PackedBatch batch, int row, int[] offsets) {
        Turn turn = batch.turns().get(row);
        int[][] ids = turn.ids();
        int length = ids[0].length;
        for (int t = 0; t < length; t++) {
            int place = offsets[t] + row;
            int[] other = swap == null ? null : swap.swapped(turn, t, random);
            for (int column = 0; column < ids.length; column++) {
                batch.ids()[column][place] = other == null ? ids[column][t] : other[column];
            }
            int word = other == null ? ids[0][t] : other[0];
            int learnedRow = word < words.learned() ? word + 1 : 0;
            if (word >= Vocabulary.FIRST_ENTRY && learnedRow > 0 && drops(words.counts()[word])) {
                learnedRow = words.pretrained()[word] ? 0 : Vocabulary.UNKNOWN + 1;
                word = words.pretrained()[word] ? word : Vocabulary.UNKNOWN;
            }
            batch.ids()[0][place] = word;
            batch.learnedRows()[place] = learnedRow;
        }
    }

    private void fillSteps(PackedBatch batch, int row, int[] inputOffsets, int[] stepOffsets) {
        Piece piece = batch.turns().get(row).piece();
        int steps = settings.window() ? piece.length() : piece.inputs();
        for (int t = 0; t < steps; t++) {
            int place = stepOffsets[t] + row;
            int fromEnd = stepOffsets[steps - 1 - t] + row;
            batch.reversed()[place] = fromEnd;
            for (int ahead = 0; ahead < batch.window().length; ahead++) {
                int input = inputOffsets[t + ahead] + row;
                batch.window()[ahead][place] = input;
            }
        }
    }

    private boolean drops(int count) {
        return wordDropout > 0 && random.nextDouble() < wordDropout / (wordDropout + count);
    }

    private int fillTokens(PackedBatch batch, int row, int[] offsets, int from) {
        Piece piece = batch.turns().get(row).piece();
        int token = from;
        for (int t = 0; t < piece.length(); t++, token++) {
            for (int ahead = 0; ahead < batch.readOut().length; ahead++) {
                int place = offsets[t + ahead] + row;
                batch.readOut()[ahead][token] = place;
            }
            for (int layer = 0; layer < piece.labels().length; layer++) {
                batch.labels()[layer][token] = piece.silver() ? Piece.NO_LABEL : piece.labels()[layer][t];
            }
        }
        return token;
    }
}
