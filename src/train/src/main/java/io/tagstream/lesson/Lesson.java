package io.tagstream.lesson;

import io.tagstream.infer.TaggerModel;
import io.tagstream.report.Page;
import io.tagstream.text.UsageException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Writes the lesson: everything that its page shows is computed when it is written, from fixed seeds. Works on the calling thread. */
public final class Lesson {
    private Lesson() {}

    /**
     * How thorough to be.
     *
     * @param distances lengths of the recall tasks, ascending
     * @param steps training steps of a recall task at most
     * @param epochs of the small taggers
     * @param seed of everything random
     */
    public record Settings(List<Integer> distances, int steps, int epochs, long seed) {
        /** A few minutes on two cores. */
        public static final Settings THOROUGH = new Settings(List.of(5, 10, 20, 40, 80), 2500, 80, 1);
        /** Some seconds: the page is whole but the networks have learned little. */
        public static final Settings QUICK = new Settings(List.of(2, 4), 150, 2, 1);

        public Settings {
            distances = List.copyOf(distances);
            if (distances.isEmpty()) {
                throw new UsageException("distances must be at least one, got none");
            }
        }
    }

    /**
     * The page as HTML.
     *
     * @param model the tagger that the later chapters ask
     * @param progress is told what is being done
     * @param stop asked now and then; true ends it without a page
     * @throws CancellationException if it was asked to stop
     */
    public static String html(TaggerModel model, Settings settings, Consumer<String> progress, BooleanSupplier stop) {
        // Training ends early by itself when it is asked to stop; what it has learned by then must not be shown.
        Consumer<String> going = notice -> {
            if (stop.getAsBoolean()) {
                throw new CancellationException("the lesson was stopped");
            }
            progress.accept(notice);
        };
        Page page = new Page("From a word to a memory: a lesson on sequence learning");
        page.text(
                "Everything on this page was computed when it was written: networks were trained, gradients measured and sentences "
                        + "tagged, from fixed seeds. It follows a lecture in its order: learning from examples, sequences and the recurrent "
                        + "network (RNN), back-propagation through time, the gradient that vanishes, the LSTM and its gates, and what a "
                        + "memory is good for in a text.");
        going.accept("1 of 5: a network small enough to print");
        new LearningChapter(settings.seed()).write(page);
        going.accept("2 of 5: remember the first, remember the last");
        new VanishingChapter(settings, going, stop).write(page);
        going.accept("3 of 5: gates");
        GateChapter gates = new GateChapter(settings, stop);
        gates.write(page);
        going.accept("4 of 5: the apple pair");
        new AppleChapter(model).write(page);
        going.accept("5 of 5: the best friend");
        new StoryChapter(model, gates.tagger()).write(page);
        return page.html();
    }
}
