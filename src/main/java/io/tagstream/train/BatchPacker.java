package io.tagstream.train;

import io.tagstream.model.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Packs turns, and in training takes some words for ones never seen before: the rarer a word, the likelier. Such a word keeps
 * its pre-trained vector without what was learned on top, or becomes the unknown word where it has none.
 */
final class BatchPacker {
    private final WordTable words;
    private final int lookAhead;
    private final double wordDropout;
    private final RandomGenerator random;

    /** @param wordDropout a, where a word seen n times is dropped with probability a / (a + n); 0 for never */
    BatchPacker(WordTable words, int lookAhead, double wordDropout, RandomGenerator random) {
        this.words = words;
        this.lookAhead = lookAhead;
        this.wordDropout = wordDropout;
        this.random = random;
    }

    PackedBatch pack(List<Turn> given) {
        List<Turn> turns = new ArrayList<>(given);
        turns.sort(Comparator.comparingInt((Turn turn) -> turn.piece().inputs()).reversed());
        long[] batchSizes = batchSizes(turns);
        int[] offsets = new int[batchSizes.length + 1];
        for (int t = 0; t < batchSizes.length; t++) {
            offsets[t + 1] = offsets[t] + (int) batchSizes[t];
        }
        int inputs = offsets[batchSizes.length];
        int tokens = turns.stream().mapToInt(turn -> turn.piece().length()).sum();
        Piece first = turns.get(0).piece();
        PackedBatch batch = new PackedBatch(
                List.copyOf(turns),
                batchSizes,
                new long[first.ids().length][inputs],
                new long[inputs],
                new long[lookAhead + 1][tokens],
                new long[inputs],
                new long[first.labels().length][tokens]);
        int token = 0;
        for (int row = 0; row < turns.size(); row++) {
            fillInputs(batch, row, offsets);
            token = fillTokens(batch, row, offsets, token);
        }
        return batch;
    }

    private static long[] batchSizes(List<Turn> turns) {
        long[] sizes = new long[turns.get(0).piece().inputs()];
        for (Turn turn : turns) {
            for (int t = 0; t < turn.piece().inputs(); t++) {
                sizes[t]++;
            }
        }
        return sizes;
    }

    private void fillInputs(PackedBatch batch, int row, int[] offsets) {
        int[][] ids = batch.turns().get(row).ids();
        int length = ids[0].length;
        for (int t = 0; t < length; t++) {
            int place = offsets[t] + row;
            int fromEnd = offsets[length - 1 - t] + row;
            batch.reversed()[place] = fromEnd;
            for (int column = 0; column < ids.length; column++) {
                batch.ids()[column][place] = ids[column][t];
            }
            int word = ids[0][t];
            int learnedRow = word < words.learned() ? word + 1 : 0;
            if (word >= Vocabulary.FIRST_ENTRY && learnedRow > 0 && drops(words.counts()[word])) {
                learnedRow = words.pretrained()[word] ? 0 : Vocabulary.UNKNOWN + 1;
                word = words.pretrained()[word] ? word : Vocabulary.UNKNOWN;
            }
            batch.ids()[0][place] = word;
            batch.learnedRows()[place] = learnedRow;
        }
    }

    private boolean drops(int count) {
        return wordDropout > 0 && random.nextDouble() < wordDropout / (wordDropout + count);
    }

    private int fillTokens(PackedBatch batch, int row, int[] offsets, int from) {
        Piece piece = batch.turns().get(row).piece();
        int token = from;
        for (int t = 0; t < piece.length(); t++, token++) {
            for (int ahead = 0; ahead <= lookAhead; ahead++) {
                int place = offsets[t + ahead] + row;
                batch.readOut()[ahead][token] = place;
            }
            for (int layer = 0; layer < piece.labels().length; layer++) {
                batch.labels()[layer][token] = piece.labels()[layer][t];
            }
        }
        return token;
    }
}
