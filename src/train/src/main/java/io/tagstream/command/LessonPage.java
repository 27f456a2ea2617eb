package io.tagstream.command;

import io.tagstream.infer.TaggerModel;
import io.tagstream.lesson.Lesson;
import io.tagstream.lesson.LessonSettings;
import io.tagstream.option.ModelSource;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.OutputFile;
import io.tagstream.terminal.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CancellationException;

/** What {@code lesson} does, apart from its options: this class needs lib-train. */
final class LessonPage {
    private LessonPage() {}

    static int write(LessonOptions options) throws IOException {
        OutputFile.require(options.out, "the page", "give --out");
        LessonSettings settings = options.quick ? LessonSettings.QUICK : LessonSettings.THOROUGH;
        try (StopSignal stop = new StopSignal();
                TaggerModel model = ModelSource.open(options.model)) {
            Files.writeString(options.out, Lesson.html(model, settings, System.err::println, stop));
        } catch (CancellationException e) {
            System.err.println("tagstream: stopped before the lesson was done; no page is written");
            return ExitCode.INTERRUPTED;
        }
        System.out.println(options.out);
        return ExitCode.OK;
    }
}
