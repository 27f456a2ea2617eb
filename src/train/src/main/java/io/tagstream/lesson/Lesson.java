package io.tagstream.lesson;

import io.tagstream.infer.TaggerModel;
import io.tagstream.report.Page;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Writes the lesson: everything that its page shows is computed when it is written, from fixed seeds. Works on the calling thread. */
public final class Lesson {
    private Lesson() {}

    /**
     * The page as HTML.
     *
     * @param model the tagger that the later chapters ask
     * @param progress is told what is being done
     * @param stop asked now and then; true ends it without a page
     * @throws CancellationException if it was asked to stop
     */
    public static String html(
            TaggerModel model, LessonSettings settings, Consumer<String> progress, BooleanSupplier stop) {
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
