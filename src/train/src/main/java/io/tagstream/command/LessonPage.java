package io.tagstream.command;

import io.tagstream.cli.CommandException;
import io.tagstream.cli.ExitCode;
import io.tagstream.cli.ModelSource;
import io.tagstream.cli.StopSignal;
import io.tagstream.infer.TaggerModel;
import io.tagstream.lesson.Lesson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** What {@code lesson} does, apart from its options: this class needs lib-train. */
final class LessonPage {
    private LessonPage() {}

    static int write(LessonCommand options) throws IOException {
        Path folder = options.out.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(options.out)) {
            // Said now rather than after some minutes.
            throw CommandException.usage("the page " + options.out
                    + " cannot be written: give --out a file in a folder that exists and can be written");
        }
        Lesson.Settings settings = options.quick ? Lesson.Settings.QUICK : Lesson.Settings.THOROUGH;
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
