package io.tagstream.lesson;

import io.tagstream.text.UsageException;
import java.util.List;

/**
 * How thorough to be.
 *
 * @param distances lengths of the recall tasks, ascending
 * @param steps training steps of a recall task at most
 * @param epochs of the small taggers
 * @param seed of everything random
 */
public record LessonSettings(List<Integer> distances, int steps, int epochs, long seed) {
    /** A few minutes on two cores. */
    public static final LessonSettings THOROUGH = new LessonSettings(List.of(5, 10, 20, 40, 80), 2500, 80, 1);
    /** Some seconds: the page is whole but the networks have learned little. */
    public static final LessonSettings QUICK = new LessonSettings(List.of(2, 4), 150, 2, 1);

    public LessonSettings {
        distances = List.copyOf(distances);
        if (distances.isEmpty()) {
            throw new UsageException("distances must be at least one, got none");
        }
    }
}
